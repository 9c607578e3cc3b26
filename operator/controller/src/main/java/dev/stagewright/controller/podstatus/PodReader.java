package dev.stagewright.controller.observe;

import dev.stagewright.controller.run.Labels;
import dev.stagewright.controller.run.Task;
import dev.stagewright.protocol.SandboxKind;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads facts off Pods of ours. */
final class PodReader {
  /** Reasons of a Pod or container that was stopped by nothing inside it. */
  private static final Set<String> TAKEN_AWAY =
      Set.of(
          "Evicted",
          "NodeLost",
          "NodeShutdown",
          "Shutdown",
          "Terminated",
          "Preempting",
          "Preempted",
          "UnexpectedAdmissionError",
          "OutOfcpu",
          "OutOfmemory",
          "OutOfpods",
          "NodeAffinity",
          "ContainerStatusUnknown",
          "Unknown",
          "StartError",
          "ContainerCannotRun");

  /** What a container waits for when all is well. */
  private static final Set<String> NO_HITCH = Set.of("ContainerCreating", "PodInitializing");

  private PodReader() {}

  static PodFacts read(Pod pod) {
    var metadata = pod.getMetadata();
    var labels = metadata.getLabels();
    return new PodFacts(
        metadata.getName(),
        metadata.getUid(),
        Task.of(labels.getOrDefault(Labels.TASK, "")),
        Integer.parseInt(labels.getOrDefault(Labels.ATTEMPT, "1")),
        Optional.ofNullable(pod.getSpec().getNodeName()),
        instant(metadata.getCreationTimestamp()),
        SandboxKind.named(labels.getOrDefault(Labels.SANDBOX, "")),
        memoryLimit(pod),
        PodDeletion.of(pod),
        ModifiedFields.of(pod),
        InitContainers.unfinished(pod),
        PodTermination.isDue(pod),
        state(pod));
  }

  private static Optional<Quantity> memoryLimit(Pod pod) {
    return pod.getSpec().getContainers().stream()
        .filter(container -> container.getName().equals("main"))
        .flatMap(container -> Optional.ofNullable(container.getResources()).stream())
        .flatMap(resources -> Optional.ofNullable(resources.getLimits().get("memory")).stream())
        .findFirst();
  }

  private static PodState state(Pod pod) {
    var status = pod.getStatus();
    if (status == null) {
      return new PodState.Waiting(
          false, instant(pod.getMetadata().getCreationTimestamp()), Optional.empty());
    }
    var reason = Objects.toString(status.getReason(), "");
    if (reason.equals("DeadlineExceeded") && !PodTermination.isAskedFor(pod)) {
      return new PodState.DeadlineExceeded();
    }
    if (TAKEN_AWAY.contains(reason)) {
      return new PodState.Lost(reason, Objects.toString(status.getMessage(), "the Pod was lost"));
    }
    var ended = endedContainer(pod);
    if (ended.isPresent()) {
      return ended(pod, ended.get());
    }
    var failed = InitContainers.failed(pod);
    if (failed.isPresent()) {
      return failed.get();
    }
    if (Set.of("Failed", "Succeeded").contains(Objects.toString(status.getPhase(), ""))) {
      return new PodState.Lost(
          reason.isEmpty() ? "PodLost" : reason,
          Objects.toString(status.getMessage(), "the Pod ended without a word of its container"));
    }
    return main(pod)
        .map(container -> container.getState().getRunning())
        .map(running ->
            (PodState)
                new PodState.Running(
                    NodeTimestamps.of(pod).corrected(instant(running.getStartedAt()))))
        .orElseGet(() -> waiting(pod));
  }

  private static PodState ended(Pod pod, ContainerStateTerminated terminated) {
    var reason = Objects.toString(terminated.getReason(), "");
    if (TAKEN_AWAY.contains(reason)) {
      return new PodState.Lost(reason, Objects.toString(terminated.getMessage(), reason));
    }
    var removal = PodDeletion.of(pod);
    if (removal.isPresent() && terminated.getExitCode() > 128 && !reason.equals("OOMKilled")) {
      return new PodState.Lost(removal.get().reason(), removal.get().message());
    }
    var times = NodeTimestamps.of(pod);
    return new PodState.Ended(
        terminated.getExitCode(),
        reason,
        Objects.toString(terminated.getMessage(), ""),
        times.corrected(instant(terminated.getStartedAt())),
        times.corrected(instant(terminated.getFinishedAt())));
  }

  /** The container of ours that ended, or the init container of ours that failed. */
  private static Optional<ContainerStateTerminated> endedContainer(Pod pod) {
    return main(pod)
        .map(container -> container.getState().getTerminated())
        .or(() -> InitContainers.failedOfOurs(pod));
  }

  /** When it got its node; where it has none, when it was created. */
  static Instant since(Pod pod) {
    return instant(
        pod.getStatus().getConditions().stream()
            .filter(condition -> isScheduling(condition, "True"))
            .map(PodCondition::getLastTransitionTime)
            .findFirst()
            .orElse(pod.getMetadata().getCreationTimestamp()));
  }

  private static PodState waiting(Pod pod) {
    return containers(pod).anyMatch(PodReader::isMade)
        ? new PodState.Created(NodeTimestamps.toldAt(pod).orElseGet(() -> since(pod)))
        : new PodState.Waiting(pod.getSpec().getNodeName() != null, since(pod), waitingReason(pod));
  }

  private static boolean isMade(ContainerStatus container) {
    return Stream.ofNullable(container.getState().getWaiting())
        .anyMatch(waiting -> reason(waiting).isEmpty());
  }

  private static Optional<PodState.WaitingReason> waitingReason(Pod pod) {
    return containers(pod)
        .flatMap(container ->
            Stream.ofNullable(container.getState().getWaiting())
                .filter(waiting -> !NO_HITCH.contains(reason(waiting)))
                .map(waiting ->
                    new PodState.WaitingReason(
                        reason(waiting),
                        Objects.toString(waiting.getMessage(), ""),
                        Optional.of(container.getName()).filter(InitContainers::isOfOthers))))
        .findFirst()
        .or(() -> unschedulable(pod.getStatus().getConditions()));
  }

  /** Of its init containers first. */
  static Stream<ContainerState> containerStates(Pod pod) {
    return containers(pod).map(ContainerStatus::getState);
  }

  private static Stream<ContainerStatus> containers(Pod pod) {
    return Stream.concat(
            pod.getStatus().getInitContainerStatuses().stream(),
            pod.getStatus().getContainerStatuses().stream())
        .filter(container -> container.getState() != null);
  }

  /** The empty string of one that is made. */
  private static String reason(ContainerStateWaiting waiting) {
    return Objects.toString(waiting.getReason(), "");
  }

  private static Optional<PodState.WaitingReason> unschedulable(List<PodCondition> conditions) {
    return conditions.stream()
        .filter(condition -> isScheduling(condition, "False"))
        .map(condition ->
            new PodState.WaitingReason(
                Objects.toString(condition.getReason(), "Unschedulable"),
                Objects.toString(condition.getMessage(), "")))
        .findFirst();
  }

  private static boolean isScheduling(PodCondition condition, String status) {
    return condition.getType().equals("PodScheduled") && condition.getStatus().equals(status);
  }

  /** Ours, also where somebody adds others to every Pod, as service meshes do. */
  private static Optional<ContainerStatus> main(Pod pod) {
    return pod.getStatus().getContainerStatuses().stream()
        .filter(container -> container.getName().equals("main") && container.getState() != null)
        .findFirst();
  }

  /** A time that the API server left out is that of the epoch: it orders before all others. */
  private static Instant instant(@Nullable String time) {
    return time == null ? Instant.EPOCH : Instant.parse(time);
  }
}
