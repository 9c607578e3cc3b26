package dev.stagewright.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.stagewright.api.v1alpha1.BuildCondition.ConditionStatus;
import dev.stagewright.api.v1alpha1.BuildPhase;
import dev.stagewright.api.v1alpha1.ChecksStatus;
import dev.stagewright.api.v1alpha1.ImageBuildStatus;
import dev.stagewright.api.v1alpha1.ImageBuildStatus.Finding;
import dev.stagewright.api.v1alpha1.ImageBuildStatus.FindingSeverity;
import dev.stagewright.controller.cluster.Cluster.EventDraft;
import dev.stagewright.controller.events.BuildEvents;
import dev.stagewright.controller.support.Builds;
import dev.stagewright.controller.support.Plans;
import dev.stagewright.controller.support.Walk;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.ImageChecks;
import dev.stagewright.protocol.ImageChecks.Counts;
import dev.stagewright.protocol.ImageChecks.Severity;
import dev.stagewright.protocol.ImageChecks.Verdict;
import dev.stagewright.protocol.Json;
import dev.stagewright.protocol.LogFrame;
import dev.stagewright.protocol.LogFrame.Kind;
import dev.stagewright.protocol.Phase;
import dev.stagewright.protocol.StageOutcome;
import dev.stagewright.protocol.Termination;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What publish reports about the image, in the status and in Events. */
class ImageChecksTest {
  private static final String WORKER = "hello-1-worker";
  private static final String PUBLISH = WORKER + "/publish";
  private static final Termination.Pushed PUSHED =
      new Termination.Pushed(Digest.of(new byte[0]), 1000, 3, 10);

  private final Walk walk = new Walk(Builds.hello()).reconcile().start(WORKER);

  private static ImageChecks.Finding finding(String rule, Severity severity, String message) {
    return new ImageChecks.Finding(
        rule,
        severity,
        message,
        Optional.of("/app"),
        4,
        Optional.of("exec /app: no such file or directory"),
        Optional.of("CGO_ENABLED=0"));
  }

  private static ImageChecks checks(List<ImageChecks.Finding> findings) {
    return new ImageChecks(
        Optional.of(Verdict.DOES_NOT_RUN),
        new Counts(1, 0, 2),
        Optional.of(41_300L),
        Optional.of(new ImageChecks.Saving(500, "remove the tool chain")),
        120,
        findings);
  }

  private void publish(Optional<ImageChecks> log, Termination result) {
    print(
        WORKER + "/prepare",
        List.of(LogFrame.format(Kind.PLAN, Json.write(Plans.builderAndTarget()))));
    walk.reconcile().start("hello-1-s0").reconcile().start("hello-1-s1").reconcile();
    var lines = new ArrayList<String>();
    for (var stage : List.of("s0", "s1")) {
      lines.add(
          LogFrame.format(
              Kind.STAGE, Json.write(new StageOutcome(stage, 1, 1000, 24, Optional.empty()))));
    }
    log.ifPresent(checks -> lines.add(LogFrame.format(Kind.CHECKS, Json.write(checks))));
    lines.add(LogFrame.format(Kind.RESULT, Json.write((Record) result)));
    print(PUBLISH, lines);
    walk.reconcile();
  }

  private void print(String container, List<String> lines) {
    walk.cluster().log(container, String.join("\n", lines) + "\n");
  }

  @Test
  void findingsOfLintAndAboutTheImageAreOneListWorstFirst() {
    var worst = finding("MissingInterpreter", Severity.ERROR, "no musl");
    var hint = finding("NoTimeZones", Severity.HINT, "no zones");
    var all = checks(List.of(worst, hint));

    publish(Optional.of(all), PUSHED.withChecks(Optional.of(all.withAtMost(1))));

    assertThat(walk.status().phase()).isEqualTo(BuildPhase.Succeeded);
    assertThat(walk.status().findings())
        .extracting(Finding::rule, Finding::severity)
        .containsExactly(
            tuple("MissingInterpreter", FindingSeverity.Error),
            tuple("StageNameCasing", FindingSeverity.Warning),
            tuple("NoTimeZones", FindingSeverity.Hint));
    assertThat(walk.status().checks())
        .isEqualTo(
            new ChecksStatus(
                ConditionStatus.False,
                1,
                1,
                2,
                41_300L,
                "41.3",
                new ChecksStatus.Saving(500, "remove the tool chain"),
                120));
  }

  @Test
  void findingsAreThoseOfTheTerminationMessageIfTheLogIsMissing() {
    var reported = checks(List.of(finding("MissingInterpreter", Severity.ERROR, "no musl")));

    publish(Optional.empty(), PUSHED.withChecks(Optional.of(reported)));

    assertThat(walk.status().findings())
        .first()
        .isEqualTo(
            new Finding(
                "MissingInterpreter",
                "no musl",
                4,
                FindingSeverity.Error,
                "/app",
                "exec /app: no such file or directory",
                "CGO_ENABLED=0"));
  }

  @Test
  void listOfFindingsIsBounded() {
    var many =
        IntStream.range(0, 50)
            .mapToObj(i -> finding("Rule" + i, Severity.WARNING, "ü".repeat(2000)))
            .toList();

    publish(Optional.of(checks(many)), PUSHED.withChecks(Optional.of(checks(List.of()))));

    assertThat(walk.status().findings()).hasSizeBetween(10, 20);
    assertThat(walk.status().findings().toString().length()).isLessThan(16 * 1024);
  }

  @Test
  void failedGateKeepsTheFindings() {
    var all = checks(List.of(finding("MissingInterpreter", Severity.ERROR, "no musl")));
    var failure = Failure.of(FailureReason.ChecksFailed, "1 finding");

    publish(Optional.of(all), new Termination.Failed(failure));

    assertThat(walk.status().phase()).isEqualTo(BuildPhase.Failed);
    assertThat(walk.failure()).extracting("reason").isEqualTo("ChecksFailed");
    assertThat(walk.status().image()).isNull();
    assertThat(walk.status().checks())
        .extracting("runnable", "sizeRatio")
        .containsExactly(ConditionStatus.False, null);
    assertThat(walk.status().findings())
        .extracting(Finding::rule)
        .containsExactly("MissingInterpreter", "StageNameCasing");
    assertThat(Phase.PUBLISH.exitCode(FailureReason.ChecksFailed)).isNotZero();
  }

  @Test
  void errorsOfAPushedImageAreOneEvent() {
    var all = checks(List.of(finding("MissingInterpreter", Severity.ERROR, "no musl")));

    publish(Optional.of(all), PUSHED.withChecks(Optional.of(all)));

    assertThat(new BuildEvents(Optional.empty(), walk.status()).events())
        .contains(new EventDraft(true, "ImageErrors", "MissingInterpreter: no musl"));
    assertThat(new BuildEvents(Optional.of(walk.status()), walk.status()).events()).isEmpty();
  }

  @Test
  void imageWithoutErrorsHasNoWarningEvent() {
    publish(Optional.empty(), PUSHED);

    ImageBuildStatus status = walk.status();
    assertThat(status.checks()).isNull();
    assertThat(new BuildEvents(Optional.empty(), status).events())
        .extracting(EventDraft::warning)
        .doesNotContain(true);
  }
}
