package dev.stagewright.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.api.v1alpha1.BuildPhase;
import dev.stagewright.api.v1alpha1.ImageBuildStatus.Finding;
import dev.stagewright.api.v1alpha1.StageStatus.RunsIn;
import dev.stagewright.api.v1alpha1.StageStatus.StagePhase;
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
import dev.stagewright.protocol.StageBase;
import dev.stagewright.protocol.StageLocation;
import dev.stagewright.protocol.StageOutcome;
import dev.stagewright.protocol.Termination;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The operator acts on what prepare and publish write to their logs while the containers run. */
class ReportedResultsTest {
  private static final String PREPARE = "hello-1-worker/prepare";
  private static final String PUBLISH = "hello-1-worker/publish";
  private static final Termination.Pushed PUSHED =
      new Termination.Pushed(Digest.of(new byte[0]), 12345, 3, 2345);

  private final Walk walk = new Walk(Builds.hello()).reconcile().start("hello-1-worker");
  private final List<String> published = new ArrayList<>();

  @Test
  void stagesStartAsSoonAsThePlanIsPrinted() {
    print(PREPARE, plan(Plans.builderAndTarget()));
    walk.reconcile();

    assertThat(walk.cluster().names()).contains("hello-1-plan", "hello-1-s0");
    assertThat(walk.status().phase()).isEqualTo(BuildPhase.Building);
  }

  @Test
  void runSucceedsAsSoonAsTheDigestIsPrinted() {
    publishImage();

    assertThat(walk.status().phase()).isEqualTo(BuildPhase.Succeeded);
    assertThat(walk.stage("s0").phase()).isEqualTo(StagePhase.Succeeded);
    assertThat(walk.stage("s0").size()).isEqualTo(1024);
    assertThat(walk.stage("s0").duration()).isNull();
  }

  private void publishImage() {
    print(PREPARE, plan(Plans.builderAndTarget()));
    walk.reconcile().start("hello-1-s0").reconcile().start("hello-1-s1").reconcile();
    publish(outcome("s0"), outcome("s1"), result(PUSHED));
    walk.reconcile();
  }

  @Test
  void findingsSayWhatTheBuildHasFoundOut() {
    print(PREPARE, plan(Plans.builderAndTarget()));
    walk.reconcile().start("hello-1-s0").reconcile().start("hello-1-s1").reconcile();
    assertThat(walk.status().findings()).extracting(Finding::message).doesNotContain("cost 38 s");
    var rule = walk.status().findings().getFirst().rule();

    var found =
        List.of(
            new BuildPlan.Finding(rule, "cost 38 s", 1),
            new BuildPlan.Finding(rule, "of another line", 7));
    publish(outcome("s0"), outcome("s1"), result(PUSHED.withFindings(found)));
    walk.reconcile();

    assertThat(walk.status().findings()).extracting(Finding::message).containsExactly("cost 38 s");
  }

  @Test
  void findingsAboutTheBuildAreAdded() {
    print(PREPARE, plan(Plans.builderAndTarget()));
    walk.reconcile().start("hello-1-s0").reconcile().start("hello-1-s1").reconcile();
    var lint = walk.status().findings();

    var found = List.of(new BuildPlan.Finding("CacheUnavailable", "cache: refused", 0));
    publish(outcome("s0"), outcome("s1"), result(PUSHED.withFindings(found)));
    walk.reconcile();

    assertThat(walk.status().findings())
        .hasSize(lint.size() + 1)
        .containsAll(lint)
        .extracting(Finding::message)
        .contains("cache: refused");
  }

  @Test
  void statusIsCompletedWhenTheKubeletReportsTheEndOfStages() {
    publishImage();

    walk.completeStage("hello-1-s0", "s0").reconcile();
    assertThat(walk.stage("s0").duration()).isEqualTo("0s");
    assertThat(walk.stage("s0").peakMemory()).isEqualTo(Walk.PEAK_MEMORY);
    assertThat(walk.status().phase()).isEqualTo(BuildPhase.Succeeded);

    walk.completeStage("hello-1-s1", "s1").reconcile();
    walk.completePreparePod(PREPARE, Plans.builderAndTarget()).completePublish(PUBLISH);
    walk.reconcile().assertSettled();
    assertThat(walk.cluster().names()).contains("hello-1-worker", "hello-1-s0", "hello-1-s1");
    assertThat(walk.cluster().ended()).isEmpty();
  }

  @Test
  void podsOfASuccessfulRunAreNotStoppedBeforeTheyCanEnd() {
    publishImage();

    walk.reconcile();
    assertThat(walk.cluster().names()).contains("hello-1-s0", "hello-1-s1");
    assertThat(walk.requeueAfter()).isPresent();
  }

  @Test
  void stageFromAnotherStageStartsWhenPublishHasItsResult() {
    var base = Plans.stage("s0", "base", Plans.image("debian"));
    var top = Plans.stage("s1", "top", new StageBase.Stage("s0"));
    print(PREPARE, plan(Plans.of(base, top)));
    walk.reconcile().start("hello-1-s0").reconcile();
    assertThat(walk.cluster().names()).doesNotContain("hello-1-s1");

    publish(outcome("s0"));
    walk.reconcile();
    assertThat(walk.cluster().names()).contains("hello-1-s1");
  }

  @Test
  void stageInTheWorkerHasNoPod() {
    print(PREPARE, plan(builderAndCopy()));
    walk.reconcile().start("hello-1-s0").reconcile();
    assertThat(walk.stage("s1").phase()).isEqualTo(StagePhase.Waiting);

    walk.completeStage("hello-1-s0", "s0").reconcile();
    assertThat(walk.stage("s1").phase()).isEqualTo(StagePhase.Running);
    assertThat(walk.stage("s1").runsIn()).isEqualTo(RunsIn.Worker);
    assertThat(walk.stage("s1").pod()).isEqualTo("hello-1-worker");

    publish(outcome("s0"), outcome("s1"), result(PUSHED));
    walk.reconcile();
    assertThat(walk.status().phase()).isEqualTo(BuildPhase.Succeeded);
    assertThat(walk.stage("s1").size()).isEqualTo(1024);
    assertThat(walk.cluster().names()).doesNotContain("hello-1-s1");
  }

  @Test
  void failureOfAStageInTheWorkerIsThatOfTheStage() {
    print(PREPARE, plan(builderAndCopy()));
    walk.reconcile().start("hello-1-s0").reconcile();
    var failure =
        new Failure(
            FailureReason.CopyFailed,
            "/missing: not found",
            Optional.of("1"),
            Optional.empty(),
            Optional.empty());
    publish(result(new Termination.Failed(failure)));
    walk.reconcile();

    assertThat(walk.status().phase()).isEqualTo(BuildPhase.Failed);
    assertThat(walk.failure().stage()).isEqualTo("1");
    assertThat(walk.stage("s1").phase()).isEqualTo(StagePhase.Failed);
  }

  @Test
  void whatAStagePrintsDecidesNothing() {
    print(PREPARE, plan(Plans.builderAndTarget()));
    walk.reconcile().start("hello-1-s0").reconcile();
    print("hello-1-s0", outcome("s0"), outcome("s1"), result(PUSHED));
    walk.reconcile();

    assertThat(walk.status().phase()).isEqualTo(BuildPhase.Building);
    assertThat(walk.stage("s0").phase()).isEqualTo(StagePhase.Running);
  }

  @Test
  void aPlanOtherThanTheReportedOneFailsTheRun() {
    print(PREPARE, plan(Plans.builderAndTarget()));
    walk.reconcile();
    walk.completePreparePod(PREPARE, builderAndCopy()).reconcile();

    assertThat(walk.failure().reason()).isEqualTo("Internal");
    assertThat(walk.failure().message()).contains("the plan in the log of prepare has the digest");
  }

  private static BuildPlan builderAndCopy() {
    var plan = Plans.builderAndTarget();
    return Plans.of(
        plan.stage("s0"), plan.stage("s1").toBuilder().location(StageLocation.WORKER).build());
  }

  private void publish(String... lines) {
    published.addAll(List.of(lines));
    print(PUBLISH, published.toArray(String[]::new));
  }

  private void print(String container, String... lines) {
    walk.cluster().log(container, String.join("\n", lines) + "\n");
  }

  private static String plan(BuildPlan plan) {
    return LogFrame.format(Kind.PLAN, Json.write(plan));
  }

  private static String outcome(String stage) {
    return LogFrame.format(
        Kind.STAGE, Json.write(new StageOutcome(stage, 1, 1000, 24, Optional.empty())));
  }

  private static String result(Termination termination) {
    return LogFrame.format(Kind.RESULT, Json.write((Record) termination));
  }
}
