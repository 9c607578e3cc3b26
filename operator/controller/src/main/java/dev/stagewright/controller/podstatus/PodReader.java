package dev.stagewright.controller.podstatus;

import dev.stagewright.controller.run.Labels;
import dev.stagewright.controller.run.Task;
import dev.stagewright.protocol.SandboxKind;
import dev.stagewright.protocol.Termination;
import dev.stagewright.protocol.TerminationMessage;
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

/** Parses the Pods of a run. */
public final class PodReader {
  /** Reasons of a Pod or container that was stopped from outside. */
  private static final Set<String> STOPPED_FROM_OUTSIDE =
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

  /** Waiting reasons of a container that starts normally. */
  private static final Set<String> STARTING = Set.of("ContainerCreating", "PodInitializing");

  private static final String OOM_KILLED = "OOMKilled";

  private PodReader() {}

  /** Parses a Pod of Stagewright. */
  public static PodFacts read(Pod pod) {
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
        InitContainers.blocking(pod),
        SidecarShutdown.isNeeded(pod),
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
      return new PodState.Pending(
          false, instant(pod.getMetadata().getCreationTimestamp()), Optional.empty());
    }
    var reason = Objects.toString(status.getReason(), "");
    if (reason.equals("DeadlineExceeded") && !SidecarShutdown.isRequested(pod)) {
      return new PodState.Ended(new PodTermination.DeadlineExceeded());
    }
    if (STOPPED_FROM_OUTSIDE.contains(reason)) {
      return lost(reason, Objects.toString(status.getMessage(), "the Pod was lost"));
    }
    var ended = endedContainer(pod);
    if (ended.isPresent()) {
      return ended(pod, ended.get());
    }
    var failed = InitContainers.foreignFailure(pod);
    if (failed.isPresent()) {
      return new PodState.Ended(failed.get());
    }
    if (Set.of("Failed", "Succeeded").contains(Objects.toString(status.getPhase(), ""))) {
      return lost(
          reason.isEmpty() ? "PodLost" : reason,
          Objects.toString(
              status.getMessage(), "the Pod ended, and its container did not report a status"));
    }
    return main(pod)
        .map(container -> container.getState().getRunning())
        .map(running ->
            (PodState)
                new PodState.Running(
                    NodeTimestamps.of(pod).corrected(instant(running.getStartedAt()))))
        .orElseGet(() -> pending(pod));
  }

  private static PodState ended(Pod pod, ContainerStateTerminated terminated) {
    var reason = Objects.toString(terminated.getReason(), "");
    if (STOPPED_FROM_OUTSIDE.contains(reason)) {
      return lost(reason, Objects.toString(terminated.getMessage(), reason));
    }
    var deletion = PodDeletion.of(pod);
    if (deletion.isPresent() && terminated.getExitCode() > 128 && !reason.equals(OOM_KILLED)) {
      return lost(deletion.get().reason(), deletion.get().message());
    }
    var times = NodeTimestamps.of(pod);
    return new PodState.Ended(
        termination(terminated, reason),
        Optional.of(
            new PodState.RunPeriod(
                times.corrected(instant(terminated.getStartedAt())),
                times.corrected(instant(terminated.getFinishedAt())))));
  }

  private static PodTermination termination(ContainerStateTerminated terminated, String reason) {
    var message = TerminationMessage.read(Objects.toString(terminated.getMessage(), ""));
    if (terminated.getExitCode() == 0) {
      return new PodTermination.Completed(message);
    }
    if (message.orElse(null) instanceof Termination.Failed report) {
      return new PodTermination.Failed(report);
    }
    return reason.equals(OOM_KILLED)
        ? new PodTermination.OutOfMemory()
        : new PodTermination.Crashed(terminated.getExitCode(), reason);
  }

  private static PodState lost(String reason, String message) {
    return new PodState.Ended(PodTermination.lost(reason, message));
  }

  /** The main container if it has ended, or a failed init container of Stagewright. */
  private static Optional<ContainerStateTerminated> endedContainer(Pod pod) {
    return main(pod)
        .map(container -> container.getState().getTerminated())
        .or(() -> InitContainers.failedOwn(pod));
  }

  /** When the Pod was scheduled; while it is not, when it was created. */
  static Instant scheduledAt(Pod pod) {
    return instant(
        pod.getStatus().getConditions().stream()
            .filter(condition -> isScheduling(condition, "True"))
            .map(PodCondition::getLastTransitionTime)
            .findFirst()
            .orElse(pod.getMetadata().getCreationTimestamp()));
  }

  private static PodState pending(Pod pod) {
    return containers(pod).anyMatch(PodReader::isCreated)
        ? new PodState.Created(NodeTimestamps.reportedAt(pod).orElseGet(() -> scheduledAt(pod)))
        : new PodState.Pending(pod.getSpec().getNodeName() != null, scheduledAt(pod), cause(pod));
  }

  private static boolean isCreated(ContainerStatus container) {
    return Stream.ofNullable(container.getState().getWaiting())
        .anyMatch(waiting -> reason(waiting).isEmpty());
  }

  private static Optional<WaitingCause> cause(Pod pod) {
    return containers(pod)
        .flatMap(container ->
            Stream.ofNullable(container.getState().getWaiting())
                .filter(waiting -> !STARTING.contains(reason(waiting)))
                .map(waiting ->
                    new WaitingCause(
                        WaitingReason.of(reason(waiting)),
                        Objects.toString(waiting.getMessage(), ""),
                        Optional.of(container.getName()).filter(InitContainers::isForeign))))
        .findFirst()
        .or(() -> unschedulable(pod.getStatus().getConditions()));
  }

  /** The states of all containers, init containers first. */
  static Stream<ContainerState> containerStates(Pod pod) {
    return containers(pod).map(ContainerStatus::getState);
  }

  private static Stream<ContainerStatus> containers(Pod pod) {
    return Stream.concat(
            pod.getStatus().getInitContainerStatuses().stream(),
            pod.getStatus().getContainerStatuses().stream())
        .filter(container -> container.getState() != null);
  }

  /** The empty string for a container that is created but not started. */
  private static String reason(ContainerStateWaiting waiting) {
    return Objects.toString(waiting.getReason(), "");
  }

  private static Optional<WaitingCause> unschedulable(List<PodCondition> conditions) {
    return conditions.stream()
        .filter(condition -> isScheduling(condition, "False"))
        .map(condition ->
            new WaitingCause(
                WaitingReason.of(Objects.toString(condition.getReason(), "Unschedulable")),
                Objects.toString(condition.getMessage(), "")))
        .findFirst();
  }

  private static boolean isScheduling(PodCondition condition, String status) {
    return condition.getType().equals("PodScheduled") && condition.getStatus().equals(status);
  }

  /** The container that Stagewright defines, not the first: service meshes inject others. */
  private static Optional<ContainerStatus> main(Pod pod) {
    return pod.getStatus().getContainerStatuses().stream()
        .filter(container -> container.getName().equals("main") && container.getState() != null)
        .findFirst();
  }

  /** The epoch for an absent time, so that it sorts before all others. */
  private static Instant instant(@Nullable String time) {
    return time == null ? Instant.EPOCH : Instant.parse(time);
  }
}
