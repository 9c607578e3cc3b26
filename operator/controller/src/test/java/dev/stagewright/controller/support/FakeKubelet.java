package dev.stagewright.controller.support;

import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import java.time.Clock;
import java.time.Instant;

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
                new ContainerStatusBuilder()
                    .withName("main")
                    .withNewState()
                    .withNewRunning()
                    .withStartedAt(clock.instant().toString())
                    .endRunning()
                    .endState()
                    .build())
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
                new ContainerStatusBuilder()
                    .withName("main")
                    .withNewState()
                    .withNewRunning()
                    .withStartedAt(onNode.toString())
                    .endRunning()
                    .endState()
                    .build())
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
                new ContainerStatusBuilder()
                    .withName("main")
                    .withNewState()
                    .withNewWaiting()
                    .withReason(reason)
                    .withMessage(message)
                    .endWaiting()
                    .endState()
                    .build())
            .build());
  }

  static void end(Pod pod, Clock clock, int exitCode, String reason, String message) {
    pod.getSpec().setNodeName("node-1");
    var now = clock.instant().toString();
    pod.setStatus(
        pending(clock)
            .withPhase(exitCode == 0 ? "Succeeded" : "Failed")
            .withContainerStatuses(
                new ContainerStatusBuilder()
                    .withName("main")
                    .withNewState()
                    .withNewTerminated()
                    .withExitCode(exitCode)
                    .withReason(reason)
                    .withMessage(message)
                    .withStartedAt(now)
                    .withFinishedAt(now)
                    .endTerminated()
                    .endState()
                    .build())
            .build());
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
