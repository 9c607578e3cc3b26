package dev.stagewright.controller.podstatus;

import dev.stagewright.controller.run.Labels;
import dev.stagewright.controller.run.PodContainer;
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

/**
 * Parses the Pods of a run: one container for each task that a Pod performs.
 *
 * @param container name of the container that performs the task
 */
public record PodReader(Pod pod, Task task, String container) {
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

  /** Parses a Pod of Stagewright: the facts about each of its tasks. */
  public static List<PodFacts> read(Pod pod) {
    return tasks(pod).map(PodReader::facts).toList();
  }

  private static Stream<PodReader> tasks(Pod pod) {
    var key = pod.getMetadata().getLabels().getOrDefault(Labels.POD_KEY, "");
    return switch (key) {
      case Task.WORKER ->
          Stream.of(new Task.Prepare(), new Task.Publish())
              .filter(task -> hasContainer(pod, task.container()))
              .map(task -> new PodReader(pod, task, task.container()));
      // Pods of an earlier release, in a run that continues after an update of the operator.
      case "prepare" -> Stream.of(new PodReader(pod, new Task.Prepare(), PodContainer.MAIN));
      case "push" -> Stream.of(new PodReader(pod, new Task.Publish(), PodContainer.MAIN));
      case "check" -> Stream.empty();
      default -> Stream.of(new PodReader(pod, new Task.Stage(key), PodContainer.MAIN));
    };
  }

  private static boolean hasContainer(Pod pod, String name) {
    return pod.getSpec().getContainers().stream().anyMatch(it -> it.getName().equals(name));
  }

  private PodFacts facts() {
    var metadata = pod.getMetadata();
    var labels = metadata.getLabels();
    return new PodFacts(
        metadata.getName(),
        metadata.getUid(),
        task,
        container,
        Integer.parseInt(labels.getOrDefault(Labels.ATTEMPT, "1")),
        Optional.ofNullable(pod.getSpec().getNodeName()),
        instant(metadata.getCreationTimestamp()),
        SandboxKind.named(labels.getOrDefault(Labels.SANDBOX, "")),
        labels.containsKey(Labels.PREFIX_IMAGE),
        memoryLimit(),
        PodDeletion.of(pod),
        ModifiedFields.of(pod, container),
        InitContainers.blocking(pod),
        SidecarShutdown.isNeeded(pod),
        SidecarShutdown.isRequested(pod),
        state());
  }

  private Optional<Quantity> memoryLimit() {
    return pod.getSpec().getContainers().stream()
        .filter(it -> it.getName().equals(container))
        .flatMap(it -> Optional.ofNullable(it.getResources()).stream())
        .flatMap(resources -> Optional.ofNullable(resources.getLimits().get("memory")).stream())
        .findFirst();
  }

  private PodState state() {
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
    var ended = endedContainer();
    if (ended.isPresent()) {
      return ended(ended.get());
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
    return containerStatus()
        .map(it -> it.getState().getRunning())
        .map(running ->
            (PodState)
                new PodState.Running(
                    NodeTimestamps.of(pod).corrected(instant(running.getStartedAt()))))
        .orElseGet(this::pending);
  }

  private PodState ended(ContainerStateTerminated terminated) {
    var reason = Objects.toString(terminated.getReason(), "");
    if (STOPPED_FROM_OUTSIDE.contains(reason)) {
      return lost(reason, Objects.toString(terminated.getMessage(), reason));
    }
    if (SidecarShutdown.isRequested(pod) && terminated.getExitCode() > 128) {
      return lost("Preempted", "the operator ended the Pod to make room for stages of the run");
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

  /** The container if it has ended, or a failed init container of Stagewright. */
  private Optional<ContainerStateTerminated> endedContainer() {
    return containerStatus()
        .map(it -> it.getState().getTerminated())
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

  private PodState pending() {
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

  private Optional<ContainerStatus> containerStatus() {
    return pod.getStatus().getContainerStatuses().stream()
        .filter(it -> it.getName().equals(container) && it.getState() != null)
        .findFirst();
  }

  /** The epoch for an absent time, so that it sorts before all others. */
  private static Instant instant(@Nullable String time) {
    return time == null ? Instant.EPOCH : Instant.parse(time);
  }
}
