package dev.stagewright.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.api.v1alpha1.BuildPhase;
import dev.stagewright.api.v1alpha1.StageStatus.StagePhase;
import dev.stagewright.controller.cluster.Cluster.Creation;
import dev.stagewright.controller.support.Builds;
import dev.stagewright.controller.support.Plans;
import dev.stagewright.controller.support.Walk;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A stage has lost its Pod, and the place for another is that of a Pod which waits for it. */
class IdlePodPreemptionTest {
  private static final String WAITS =
      "[1 2/2] COPY --from=builder /x /x\nwaiting for stage \"builder\"\n";
  private static final Creation NO_ROOM = new Creation.QuotaExceeded("exceeded quota: one");

  /** The target's Pod runs beside that of the stage that it copies from. */
  private static Walk bothRun(String spec) {
    var walk = Walk.prepared(Builds.hello(spec), Plans.builderAndTarget());
    walk.start("hello-1-s0").reconcile().start("hello-1-s1");
    walk.cluster().log("hello-1-s1", WAITS);
    return walk.reconcile();
  }

  private static Walk bothRun() {
    return bothRun("source: {inline: {dockerfile: FROM x}}");
  }

  /** The quota has room again once the target's Pod is gone. */
  private static void lose(Walk walk, String pod, String next) {
    walk.evict(pod);
    walk.cluster().refuse(next, NO_ROOM);
    walk.reconcile();
    walk.cluster().accept(next);
  }

  @Test
  void aPodThatWaitsMakesWayInAQuota() {
    var walk = bothRun();
    lose(walk, "hello-1-s0", "hello-1-s0-2");
    assertThat(walk.cluster().names()).doesNotContain("hello-1-s1");

    walk.reconcile();
    assertThat(walk.cluster().names()).contains("hello-1-s0-2").doesNotContain("hello-1-s1-2");
    assertThat(walk.stage("s1"))
        .extracting("phase", "reason")
        .containsExactly(StagePhase.Waiting, "WaitsForStage");

    walk.start("hello-1-s0-2").reconcile();
    assertThat(walk.cluster().names()).contains("hello-1-s1-2");
    walk.completeStage("hello-1-s0-2", "s0").completeStage("hello-1-s1-2", "s1").reconcile();
    assertThat(walk.status().phase()).isEqualTo(BuildPhase.Pushing);
  }

  @Test
  void aPodThatWaitsMakesWayOnAFullNode() {
    var walk = bothRun().evict("hello-1-s0").reconcile();
    walk.unschedulable("hello-1-s0-2").after(Duration.ofSeconds(5));
    assertThat(walk.cluster().names()).contains("hello-1-s1");

    walk.after(Duration.ofSeconds(6));
    assertThat(walk.cluster().names()).contains("hello-1-s0-2").doesNotContain("hello-1-s1");
  }

  @Test
  void aPodThatIsAtWorkStays() {
    var walk = bothRun();
    walk.cluster().log("hello-1-s1", "[1 2/3] RUN make\ncc -c main.c\n");
    lose(walk, "hello-1-s0", "hello-1-s0-2");

    assertThat(walk.cluster().names()).contains("hello-1-s1");
  }

  @Test
  void aPodThatWaitsStaysWhileTheOtherHasAPlace() {
    var walk = bothRun().evict("hello-1-s0").reconcile();
    walk.schedule("hello-1-s0-2").after(Duration.ofMinutes(1));

    assertThat(walk.cluster().names()).contains("hello-1-s0-2", "hello-1-s1");
  }

  @Test
  void makingWayCostsNoneOfTheAttempts() {
    var walk = bothRun("source: {inline: {dockerfile: FROM x}}\nretries: 1");
    lose(walk, "hello-1-s0", "hello-1-s0-2");
    walk.reconcile().start("hello-1-s0-2").reconcile().start("hello-1-s1-2").reconcile();

    walk.evict("hello-1-s1-2").reconcile();
    assertThat(walk.cluster().names()).contains("hello-1-s1-3");
    walk.evict("hello-1-s1-3").reconcile();
    assertThat(walk.failure()).extracting("reason", "stage").containsExactly("PodLost", "1");
  }

  @Test
  void anOperatorThatDiesMeanwhileGoesOnFromThere() {
    var walk = bothRun().evict("hello-1-s0");
    walk.cluster().refuse("hello-1-s0-2", NO_ROOM);
    walk.reconcileWithoutStatusUpdate();
    walk.cluster().accept("hello-1-s0-2");

    walk.reconcile().start("hello-1-s0-2").reconcile();
    assertThat(walk.cluster().names()).contains("hello-1-s0-2", "hello-1-s1-2");
  }
}
