package dev.stagewright.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.controller.support.Builds;
import dev.stagewright.controller.support.Plans;
import dev.stagewright.controller.support.Walk;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.Phase;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every significant change of a build is recorded once, as an Event. */
class EventsTest {
  private static final String SOURCE = "source: {inline: {dockerfile: FROM alpine}}\n";

  private final Walk walk = Walk.prepared(Builds.hello(SOURCE), Plans.builderAndTarget());

  private List<String> events() {
    walk.reconcile();
    return walk.cluster().events();
  }

  @Test
  void recordsSuccessfulBuild() {
    walk.schedule("hello-1-s0").start("hello-1-s0").reconcile();
    walk.schedule("hello-1-s1").start("hello-1-s1").reconcile();
    walk.completeStage("hello-1-s0", "s0").reconcile();
    walk.completeStage("hello-1-s1", "s1").reconcile();
    walk.completePublish("hello-1-worker/publish").reconcile();

    assertThat(events())
        .satisfiesExactly(
            it -> assertThat(it).isEqualTo("Started: started run 1: generation 1 of the spec"),
            it -> assertThat(it).isEqualTo("Prepared: 2 stages to run"),
            it -> assertThat(it).isEqualTo("StageStarted: stage builder runs on node-1"),
            it -> assertThat(it).isEqualTo("StageStarted: stage 1 runs on node-1"),
            it -> assertThat(it).isEqualTo("StageSucceeded: stage builder is done after 0s"),
            it -> assertThat(it).isEqualTo("StageSucceeded: stage 1 is done after 0s"),
            it -> assertThat(it).isEqualTo("Built: all stages are done"),
            it -> assertThat(it).startsWith("Succeeded: pushed registry.example.com/"));
  }

  @Test
  void recordsStageThatEndedUnobserved() {
    walk.completeStage("hello-1-s0", "s0");

    assertThat(events().stream().map(it -> it.replaceAll(":.*", "")))
        .endsWith("StageStarted", "StageSucceeded");
  }

  @Test
  void recordsFailedStage() {
    walk.fail("hello-1-s0", Phase.STAGE, Failure.of(FailureReason.RunFailed, "exit code 2"));

    assertThat(events())
        .endsWith(
            "!StageFailed: stage builder failed: exit code 2",
            "!RunFailed: stage builder: exit code 2");
  }

  @Test
  void recordsImagePullDelayOnce() {
    walk.schedule("hello-1-s0");
    for (var reason : List.of("ErrImagePull", "ImagePullBackOff", "ErrImagePull")) {
      walk.setWaiting("hello-1-s0", reason, "no such host").reconcile();
    }

    assertThat(events())
        .last()
        .isEqualTo("!StageDelayed: stage builder waits: ErrImagePull: no such host");
    assertThat(events().stream().filter(it -> it.contains("StageDelayed"))).hasSize(1);
  }

  @Test
  void recordsRetryOfStage() {
    walk.schedule("hello-1-s0").start("hello-1-s0").reconcile();
    walk.evict("hello-1-s0").reconcile();
    walk.schedule("hello-1-s0-2").start("hello-1-s0-2").reconcile();

    assertThat(events())
        .filteredOn(it -> it.contains("stage builder"))
        .satisfiesExactly(
            it -> assertThat(it).startsWith("StageStarted: "),
            it -> assertThat(it).startsWith("!Retrying: stage builder: attempt 2 follows: Evicted"),
            it -> assertThat(it).startsWith("StageStarted: "));
  }

  /** The Pod is deleted before the operator observes its end. */
  @Test
  void recordsEvictionReasonOfDrainedNode() {
    walk.start("hello-1-s0").reconcile();
    walk.drain("hello-1-s0").reconcile();
    assertThat(walk.stage("s0").reason()).isEqualTo("EvictionByEvictionAPI");
    walk.cluster().remove("hello-1-s0");

    assertThat(events())
        .last()
        .isEqualTo(
            "!Retrying: stage builder: attempt 2 follows: EvictionByEvictionAPI: Eviction API:"
                + " evicting");
  }

  @Test
  void recordsReplacedRun() {
    walk.change(Builds.spec(SOURCE + "target: builder"));

    assertThat(events())
        .endsWith(
            "Cancelled: run 1 is stopped: run 2 replaces it (generation 2 of the spec)",
            "Started: started run 2: generation 2 of the spec");
  }

  @Test
  void recordsSuspendedRun() {
    walk.change(Builds.spec(SOURCE + "suspend: true"));

    assertThat(events())
        .endsWith(
            "Cancelled: run 1 is stopped: spec.suspend is set",
            "Suspended: the build does not start until spec.suspend is unset");
  }

  @Test
  void recordsDelayBySchedulingGate() {
    var queued = new Walk(Builds.hello(SOURCE)).reconcile();
    queued.gateScheduling("hello-1-worker").reconcile().reconcile();

    assertThat(queued.cluster().events())
        .hasSize(2)
        .last()
        .asString()
        .startsWith("!Delayed: prepare: SchedulingGated: ");
  }
}
