package dev.stagewright.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.api.v1alpha1.BuildPhase;
import dev.stagewright.api.v1alpha1.ImageBuild;
import dev.stagewright.api.v1alpha1.StageCacheStatus;
import dev.stagewright.api.v1alpha1.StageStatus.Cached;
import dev.stagewright.api.v1alpha1.StageStatus.StagePhase;
import dev.stagewright.controller.cluster.PodLog;
import dev.stagewright.controller.support.Builds;
import dev.stagewright.controller.support.Plans;
import dev.stagewright.controller.support.Walk;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.Json;
import dev.stagewright.protocol.LogFrame;
import dev.stagewright.protocol.LogFrame.Kind;
import dev.stagewright.protocol.Phase;
import dev.stagewright.protocol.StageCache;
import dev.stagewright.protocol.StageLocation;
import dev.stagewright.protocol.StageOutcome;
import dev.stagewright.protocol.Termination;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Builds whose stages are looked up in the cache before their Pods are created. */
class CacheTest {
  private static final String SOURCE = "source: {inline: {dockerfile: FROM x}}\n";
  private static final String BUILDER = "hello-1-s0";
  private static final String TARGET = "hello-1-s1";
  private static final String PUBLISH = "hello-1-worker/publish";

  private final List<String> published = new ArrayList<>();
  private Walk walk = prepared(Builds.hello(SOURCE), builderAndTarget());

  /** The stage {@code builder} with three steps, and a target that copies from it. */
  private static BuildPlan builderAndTarget() {
    var plan = Plans.builderAndTarget();
    return Plans.of(Plans.withSteps(plan.stage("s0"), 3), plan.stage("s1"));
  }

  private static Walk prepared(ImageBuild build, BuildPlan plan) {
    return Walk.prepared(build, plan, Builds.cachingConfig());
  }

  private void publish(String... lines) {
    print(PUBLISH, lines);
  }

  private void print(String container, String... lines) {
    published.addAll(List.of(lines));
    walk.cluster().log(container, String.join("\n", published) + "\n");
    walk.reconcile();
  }

  private static String nothingOf(String stage) {
    return known(stage, 0);
  }

  private static String known(String stage, int steps) {
    return frame(
        new StageCache(
            stage, steps, false, steps * 2000L, steps * 10L, Optional.of("COPY /x: x changed")));
  }

  private static String allOf(String stage, int steps) {
    return frame(new StageCache(stage, steps, true, 62_000, 312, Optional.empty()));
  }

  private static String frame(StageCache cache) {
    return LogFrame.format(Kind.CACHE, Json.write(cache));
  }

  private static String outcome(String stage) {
    return LogFrame.format(
        Kind.STAGE, Json.write(new StageOutcome(stage, 1, 1000, 24, Optional.empty())));
  }

  private static String pushed(boolean isUnchanged) {
    var result =
        new Termination.Pushed(
            Digest.of(new byte[0]),
            12345,
            3,
            0,
            Optional.empty(),
            isUnchanged ? Optional.of(true) : Optional.empty());
    return LogFrame.format(Kind.RESULT, Json.write((Record) result));
  }

  @Test
  void stageWaitsUntilItIsLookedUp() {
    assertThat(walk.cluster().names()).doesNotContain(BUILDER, TARGET);
    assertThat(walk.stage("s0").phase()).isEqualTo(StagePhase.Waiting);
    assertThat(walk.stage("s0").reason()).isEqualTo("WaitsForCache");
    assertThat(walk.stage("s0").cached()).isNull();
    assertThat(walk.status().cache()).isNull();
    walk.assertSettled();

    publish(nothingOf("s0"));

    assertThat(walk.cluster().names()).contains(BUILDER).doesNotContain(TARGET);
    assertThat(walk.stage("s0").phase()).isEqualTo(StagePhase.Pending);
    assertThat(walk.stage("s0").cached()).isEqualTo(Cached.None);
    assertThat(walk.stage("s0").cache())
        .isEqualTo(new StageCacheStatus(0, 3, "2/4 FROM x", "COPY /x: x changed", "0s", 0));
  }

  @Test
  void stageContinuesAfterKnownSteps() {
    publish(known("s0", 2));

    assertThat(walk.cluster().names()).contains(BUILDER);
    assertThat(walk.stage("s0").cached()).isEqualTo(Cached.Partial);
    assertThat(walk.stage("s0").cache())
        .isEqualTo(new StageCacheStatus(2, 3, "4/4 FROM x", "COPY /x: x changed", "4s", 20));
    walk.start(BUILDER).reconcile();
    assertThat(walk.cluster().events())
        .contains(
            "StageStarted: stage builder runs on node-1 from step 4/4 FROM x, the steps before it"
                + " are cached");
  }

  @Test
  void stageWhoseFilesAreNotKnownRunsForThem() {
    publish(known("s0", 3));

    assertThat(walk.cluster().names()).contains(BUILDER);
    assertThat(walk.stage("s0").cached()).isEqualTo(Cached.Partial);
    assertThat(walk.stage("s0").cache())
        .isEqualTo(new StageCacheStatus(3, 3, null, "COPY /x: x changed", "6s", 30));
  }

  @Test
  void knownStagesNeedNoPod() {
    publish(allOf("s0", 3), outcome("s0"), allOf("s1", 1), outcome("s1"));

    assertThat(walk.status().phase()).isEqualTo(BuildPhase.Pushing);
    assertThat(walk.stage("s0").phase()).isEqualTo(StagePhase.Succeeded);
    assertThat(walk.stage("s0").runsIn()).isNull();
    assertThat(walk.stage("s0").cached()).isEqualTo(Cached.All);
    assertThat(walk.stage("s0").cache())
        .isEqualTo(new StageCacheStatus(3, 3, null, null, "1m2s", 312));

    publish(pushed(false));
    assertThat(walk.condition("Ready")).isEqualTo("True Pushed");
    assertThat(walk.status().attempts()).containsOnlyKeys("worker");
    assertThat(walk.cluster().created())
        .containsExactly("hello-1-workspace", "hello-1-request", "hello-1-worker", "hello-1-plan");
    assertThat(walk.status().cache())
        .extracting("repository", "cachedSteps", "steps", "savedDuration", "savedBytes")
        .containsExactly("registry.example.com/team/hello/cache", 4, 4, "2m4s", 624L);
    assertThat(walk.cluster().events())
        .contains("StageSucceeded: stage builder is done: all its steps are cached")
        .noneMatch(it -> it.startsWith("StageStarted"));
  }

  @Test
  void unchangedImageSucceeds() {
    publish(allOf("s0", 3), outcome("s0"), allOf("s1", 1), outcome("s1"), pushed(true));

    assertThat(walk.status().phase()).isEqualTo(BuildPhase.Succeeded);
    assertThat(walk.condition("Ready")).isEqualTo("True Unchanged");
    assertThat(walk.condition("Pushed")).isEqualTo("True Pushed");
    assertThat(walk.status().hasUnchangedImage()).isTrue();
    assertThat(walk.status().image()).isNotNull();
    assertThat(walk.cluster().events())
        .last()
        .asString()
        .startsWith("Succeeded: unchanged: registry.example.com/team/hello:1@sha256:");
  }

  @Test
  void stageThatCopiesFromAKnownStageRuns() {
    publish(allOf("s0", 3), nothingOf("s1"));

    assertThat(walk.cluster().names()).contains(TARGET).doesNotContain(BUILDER);
    assertThat(walk.status().progress()).isEqualTo("1/2");
    publish(outcome("s0"));
    walk.start(TARGET).reconcile().completeStage(TARGET, "s1").reconcile();
    assertThat(walk.status().phase()).isEqualTo(BuildPhase.Pushing);
  }

  @Test
  void stageWaitsForTheFilesThatDecide() {
    publish(nothingOf("s0"));
    walk.start(BUILDER).reconcile();
    assertThat(walk.stage("s1").reason()).isEqualTo("WaitsForStage");
    assertThat(walk.stage("s1").message())
        .isEqualTo("waits for stage builder, whose files decide which steps are cached");

    walk.after(Duration.ofMinutes(10));
    assertThat(walk.cluster().names()).doesNotContain(TARGET);
    assertThat(walk.requeueAfter()).contains(Duration.ofMinutes(1));

    walk.completeStage(BUILDER, "s0").reconcile();
    assertThat(walk.cluster().names()).doesNotContain(TARGET);
    assertThat(walk.stage("s1").reason()).isEqualTo("WaitsForCache");

    publish(outcome("s0"), allOf("s1", 1));
    assertThat(walk.cluster().names()).doesNotContain(TARGET);
    assertThat(walk.status().phase()).isEqualTo(BuildPhase.Pushing);
  }

  @Test
  void anotherPublishContainerLooksUpWhatTheFirstDidNot() {
    walk.evict("hello-1-worker").reconcile();
    assertThat(walk.cluster().names()).contains("hello-1-worker-2").doesNotContain(BUILDER);

    walk.start("hello-1-worker-2").reconcile();
    print("hello-1-worker-2/publish", nothingOf("s0"));
    assertThat(walk.cluster().names()).contains(BUILDER);
  }

  @Test
  void reportOfALostPublishContainerRemainsTrue() {
    publish(nothingOf("s0"), known("s1", 0));
    walk.evict("hello-1-worker").reconcile();
    assertThat(walk.stage("s1").cached()).isEqualTo(Cached.None);

    walk.start(BUILDER).reconcile();
    assertThat(walk.cluster().names()).contains("hello-1-worker-2", TARGET);
  }

  @Test
  void reportSurvivesARestartOfTheOperator() {
    publish(known("s0", 1), nothingOf("s1"));
    walk.breakLogStreams().start(BUILDER).reconcile();

    assertThat(walk.cluster().names()).contains(TARGET);
    assertThat(walk.stage("s0").cached()).isEqualTo(Cached.Partial);
    assertThat(walk.status().cache()).extracting("cachedSteps", "steps").containsExactly(1, 4);
  }

  @Test
  void logIsRequestedWhenTheReportIsLate() {
    walk.breakLogStreams();
    publish(nothingOf("s0"));
    assertThat(walk.cluster().names()).doesNotContain(BUILDER);
    assertThat(walk.requeueAfter()).contains(Duration.ofSeconds(15));

    walk.after(Duration.ofSeconds(15));
    assertThat(walk.cluster().names()).contains(BUILDER);
    assertThat(walk.stage("s0").cached()).isEqualTo(Cached.None);
  }

  @Test
  void stageStartsWithoutAReportThatDoesNotArrive() {
    walk.breakLogStreams().cluster().log(PUBLISH, new PodLog.Unavailable("no route to host"));
    walk.after(Duration.ofSeconds(119));
    assertThat(walk.cluster().names()).doesNotContain(BUILDER);
    assertThat(walk.requeueAfter()).contains(Duration.ofSeconds(5));

    walk.after(Duration.ofSeconds(1));
    assertThat(walk.cluster().names()).contains(BUILDER);
    assertThat(walk.stage("s0").cached()).isNull();

    walk.start(BUILDER).after(Duration.ofMinutes(5)).completeStage(BUILDER, "s0").reconcile();
    assertThat(walk.cluster().names()).doesNotContain(TARGET);
    walk.after(Duration.ofMinutes(2));
    assertThat(walk.cluster().names()).contains(TARGET);
  }

  @Test
  void stageThatStartedEarlyIsDoneWhenItTurnsOutToBeKnown() {
    walk.after(Duration.ofMinutes(2)).start(BUILDER).reconcile();

    publish(allOf("s0", 3), outcome("s0"));

    assertThat(walk.stage("s0").phase()).isEqualTo(StagePhase.Succeeded);
    assertThat(walk.stage("s0").pod()).isEqualTo(BUILDER);
  }

  @Test
  void stageInTheWorkerIsKnown() {
    var plan = builderAndTarget();
    walk =
        prepared(
            Builds.hello(SOURCE),
            Plans.of(
                plan.stage("s0"),
                plan.stage("s1").toBuilder().location(StageLocation.WORKER).build()));

    publish(nothingOf("s0"), allOf("s1", 1));

    assertThat(walk.stage("s1").phase()).isEqualTo(StagePhase.Succeeded);
    assertThat(walk.stage("s1").startTime()).isNull();
    assertThat(walk.stage("s1").cached()).isEqualTo(Cached.All);
  }

  @Test
  void reportCoversAllStagesOfAPod() {
    var app = Plans.stage("s1", "app", Plans.image("alpine"));
    walk = prepared(Builds.hello(SOURCE), Plans.of(Plans.sharingItsPod(app, "s0", "base")));
    assertThat(walk.stage("s0").reason()).isEqualTo("WaitsForCache");

    publish(known("s1", 1));

    assertThat(walk.cluster().names()).contains(TARGET);
    assertThat(walk.stage("s0").cached()).isEqualTo(Cached.All);
    assertThat(walk.stage("s0").cache()).isEqualTo(new StageCacheStatus(1, 1, null, null, "0s", 0));
    assertThat(walk.stage("s1").cached()).isEqualTo(Cached.None);
    assertThat(walk.stage("s1").cache())
        .isEqualTo(new StageCacheStatus(0, 1, "2/2 FROM x", "COPY /x: x changed", "2s", 10));
  }

  @Test
  void buildWithoutACacheDoesNotWait() {
    for (var disabled :
        List.of(
            prepared(Builds.hello(SOURCE + "cache: {disabled: true}"), builderAndTarget()),
            Walk.prepared(Builds.hello(SOURCE), builderAndTarget()))) {
      assertThat(disabled.cluster().names()).contains(BUILDER);
      assertThat(disabled.stage("s0").cached()).isNull();
      assertThat(request(disabled)).doesNotContain("\"cache\"");
    }
  }

  @Test
  void changeOfTheConfigurationDoesNotAffectARun() {
    var later = Walk.prepared(Builds.hello(SOURCE), builderAndTarget(), Builds.cachingConfig());
    later.configure(Builds.config()).reconcile();

    assertThat(later.cluster().names()).doesNotContain(BUILDER);
  }

  @Test
  void annotationIgnoresRecordsOfRunsThatStart() {
    var build = Builds.hello(SOURCE);
    build.getMetadata().getAnnotations().put("stagewright.dev/no-cache", "true");
    walk = prepared(build, builderAndTarget());
    build.getMetadata().getAnnotations().clear();
    publish(nothingOf("s0"));

    assertThat(request(walk)).contains("\"ignoreRecords\":true");
    assertThat(walk.status().cache()).extracting("recordsIgnored").isEqualTo(true);
    assertThat(request(prepared(Builds.hello(SOURCE), builderAndTarget())))
        .contains("\"ignoreRecords\":false");
  }

  private static String request(Walk walk) {
    return walk.cluster()
        .configMap("team", "hello-1-request")
        .orElseThrow()
        .getData()
        .values()
        .iterator()
        .next();
  }

  @Test
  void publishRecordsStepsAfterAFailure() {
    publish(nothingOf("s0"), nothingOf("s1"));
    walk.start(BUILDER).reconcile().start(TARGET).reconcile();
    var failure = Failure.of(FailureReason.RunFailed, "exit code 1");
    walk.fail(BUILDER, Phase.STAGE, failure).reconcile().reconcile();

    assertThat(walk.status().phase()).isEqualTo(BuildPhase.Failed);
    assertThat(walk.cluster().names()).contains("hello-1-worker").doesNotContain(TARGET);
    walk.after(Duration.ofSeconds(59));
    assertThat(walk.cluster().ended()).isEmpty();
    assertThat(walk.requeueAfter()).contains(Duration.ofSeconds(1));
    walk.after(Duration.ofSeconds(1));
    assertThat(walk.cluster().ended()).containsExactly("hello-1-worker");
  }

  @Test
  void nextRunDoesNotWaitForRecords() {
    publish(nothingOf("s0"));
    var failure = Failure.of(FailureReason.RunFailed, "exit code 1");
    walk.start(BUILDER).fail(BUILDER, Phase.STAGE, failure).reconcile().reconcile();

    walk.change(Builds.spec(SOURCE + "target: builder")).reconcile().reconcile();

    assertThat(walk.cluster().names()).contains("hello-2-worker").doesNotContain("hello-1-worker");
  }

  @Test
  void workerMakesRoomInAQuotaOfOnePod() {
    walk.cluster().limitPods(1);
    publish(nothingOf("s0"));
    walk.after(Duration.ofSeconds(4)).after(Duration.ofSeconds(4));
    assertThat(walk.cluster().ended()).containsExactly("hello-1-worker");
    assertThat(walk.cluster().names()).contains(BUILDER);

    walk.start(BUILDER).completeStage(BUILDER, "s0").reconcile();
    walk.after(Duration.ofSeconds(4));
    assertThat(walk.cluster().names()).contains("hello-1-worker-2").doesNotContain(TARGET);
    walk.start("hello-1-worker-2");
    print("hello-1-worker-2/publish", nothingOf("s1"));
    walk.after(Duration.ofSeconds(4)).after(Duration.ofSeconds(4));
    assertThat(walk.cluster().names()).contains(TARGET);
  }
}
