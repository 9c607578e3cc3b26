package dev.stagewright.controller.support;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Updates the status of Pods like a kubelet. */
final class FakeKubelet {
  private FakeKubelet() {}

  static void schedule(Pod pod, Clock clock) {
    pod.getSpec().setNodeName("node-1");
    pod.setStatus(pending(clock).build());
  }

  static void gateScheduling(Pod pod) {
    pod.setStatus(
        new PodStatusBuilder()
            .withPhase("Pending")
            .withConditions(
                new PodConditionBuilder()
                    .withType("PodScheduled")
                    .withStatus("False")
                    .withReason("SchedulingGated")
                    .withMessage("Scheduling is blocked due to non-empty scheduling gates")
                    .build())
            .build());
  }

  static void start(Pod pod, Clock clock) {
    pod.getSpec().setNodeName("node-1");
    pod.setStatus(
        pending(clock)
            .withPhase("Running")
            .withContainerStatuses(
                containers(pod).map(name -> status(name, running(clock.instant()))).toList())
            .build());
  }

  /** Starts a container on a node whose clock is wrong. */
  static void startAt(Pod pod, Instant scheduledAt, Instant onNode) {
    pod.setStatus(
        new PodStatusBuilder()
            .withPhase("Running")
            .withStartTime(onNode.toString())
            .withConditions(
                new PodConditionBuilder()
                    .withType("PodScheduled")
                    .withStatus("True")
                    .withLastTransitionTime(scheduledAt.toString())
                    .build())
            .withContainerStatuses(
                containers(pod).map(name -> status(name, running(onNode))).toList())
            .build());
  }

  static void unschedulable(Pod pod) {
    pod.setStatus(
        new PodStatusBuilder()
            .withPhase("Pending")
            .withConditions(
                new PodConditionBuilder()
                    .withType("PodScheduled")
                    .withStatus("False")
                    .withReason("Unschedulable")
                    .withMessage("0/3 nodes are available")
                    .build())
            .build());
  }

  static void setWaiting(Pod pod, Clock clock, String reason, String message) {
    pod.getSpec().setNodeName("node-1");
    pod.setStatus(
        pending(clock)
            .withContainerStatuses(
                containers(pod).map(name -> status(name, waiting(reason, message))).toList())
            .build());
  }

  /** Ends a container; the others of the Pod stay as they are, or have started. */
  static void end(
      Pod pod, String container, Clock clock, int exitCode, String reason, String message) {
    pod.getSpec().setNodeName("node-1");
    var before = Optional.ofNullable(pod.getStatus()).orElseGet(PodStatus::new);
    var statuses =
        containers(pod)
            .map(name ->
                name.equals(container)
                    ? status(name, terminated(clock.instant(), exitCode, reason, message))
                    : before.getContainerStatuses().stream()
                        .filter(status -> status.getName().equals(name))
                        .findFirst()
                        .orElseGet(() -> status(name, running(clock.instant()))))
            .toList();
    var hasEnded = statuses.stream().allMatch(status -> status.getState().getTerminated() != null);
    var hasFailed =
        statuses.stream()
            .map(status -> status.getState().getTerminated())
            .anyMatch(terminated -> terminated != null && terminated.getExitCode() != 0);
    pod.setStatus(
        pending(clock)
            .withPhase(hasEnded ? hasFailed ? "Failed" : "Succeeded" : "Running")
            .withContainerStatuses(statuses)
            .build());
  }

  /** Ends a Pod at its new deadline. */
  static void shutDown(Pod pod, Clock clock) {
    pod.getSpec().setActiveDeadlineSeconds(1L);
    var statuses =
        pod.getStatus() == null
            ? List.<ContainerStatus>of()
            : pod.getStatus().getContainerStatuses();
    statuses.stream()
        .filter(status -> status.getState().getTerminated() == null)
        .forEach(status -> status.setState(terminated(clock.instant(), 143, "Error", "")));
    pod.setStatus(
        new PodStatusBuilder(pod.getStatus() == null ? new PodStatus() : pod.getStatus())
            .withPhase("Failed")
            .withReason("DeadlineExceeded")
            .build());
  }

  private static Stream<String> containers(Pod pod) {
    return pod.getSpec().getContainers().stream().map(Container::getName);
  }

  private static ContainerStatus status(String container, ContainerState state) {
    return new ContainerStatusBuilder().withName(container).withState(state).build();
  }

  private static ContainerState running(Instant since) {
    return new ContainerStateBuilder()
        .withNewRunning()
        .withStartedAt(since.toString())
        .endRunning()
        .build();
  }

  private static ContainerState waiting(String reason, String message) {
    return new ContainerStateBuilder()
        .withNewWaiting()
        .withReason(reason)
        .withMessage(message)
        .endWaiting()
        .build();
  }

  private static ContainerState terminated(
      Instant now, int exitCode, String reason, String message) {
    return new ContainerStateBuilder()
        .withNewTerminated()
        .withExitCode(exitCode)
        .withReason(reason)
        .withMessage(message)
        .withStartedAt(now.toString())
        .withFinishedAt(now.toString())
        .endTerminated()
        .build();
  }

  static void evict(Pod pod) {
    pod.setStatus(
        new PodStatusBuilder()
            .withPhase("Failed")
            .withReason("Evicted")
            .withMessage("the node was low on memory")
            .build());
  }

  /** Adds the condition that the eviction API sets before it deletes a Pod. */
  static void disrupt(Pod pod) {
    pod.getStatus()
        .getConditions()
        .add(
            new PodConditionBuilder()
                .withType("DisruptionTarget")
                .withStatus("True")
                .withReason("EvictionByEvictionAPI")
                .withMessage("Eviction API: evicting")
                .build());
  }

  private static PodStatusBuilder pending(Clock clock) {
    return new PodStatusBuilder()
        .withPhase("Pending")
        .withConditions(
            new PodConditionBuilder()
                .withType("PodScheduled")
                .withStatus("True")
                .withLastTransitionTime(clock.instant().toString())
                .build());
  }
}
