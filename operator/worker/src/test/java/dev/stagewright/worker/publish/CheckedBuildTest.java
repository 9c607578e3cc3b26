package dev.stagewright.worker.publish;

import static dev.stagewright.worker.publish.ScriptedBuild.stage;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.analysis.report.Report;
import dev.stagewright.harbor.standin.HarborStandIn;
import dev.stagewright.layers.oci.Manifest;
import dev.stagewright.protocol.CheckRequest;
import dev.stagewright.protocol.CheckRequest.Exemption;
import dev.stagewright.protocol.CheckRequest.Runnability;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.ImageChecks;
import dev.stagewright.protocol.ImageChecks.Counts;
import dev.stagewright.protocol.ImageChecks.Verdict;
import dev.stagewright.protocol.Json;
import dev.stagewright.protocol.LogFrame;
import dev.stagewright.protocol.StageBase;
import dev.stagewright.protocol.StagePlan;
import dev.stagewright.protocol.Termination;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Publish with checks of the image. */
@Timeout(60)
class CheckedBuildTest {
  private static final StageBase SCRATCH = new StageBase.Scratch();

  @TempDir private Path directory;
  private final HarborStandIn harbor = HarborStandIn.start();
  private ScriptedBuild build;

  @BeforeEach
  void request() throws IOException {
    build = new ScriptedBuild(directory, harbor);
  }

  @AfterEach
  void stop() {
    harbor.close();
  }

  private Termination publish(CheckRequest checks, String... files) throws IOException {
    build.withChecks(checks);
    var stages = new StagePlan[files.length];
    for (var i = 0; i < files.length; i++) {
      stages[i] = stage("s" + i, i == 0 ? SCRATCH : new StageBase.Stage("s" + (i - 1)));
    }
    build.then(() -> build.planned(stages));
    for (var i = 0; i < files.length; i++) {
      var index = i;
      build.then(() -> build.finished("s" + index, files[index]));
    }
    return build.publish();
  }

  private static CheckRequest gate(Runnability runnable, String... failOn) {
    return new CheckRequest(runnable, Optional.empty(), List.of(failOn), List.of());
  }

  private ImageChecks frame() {
    return build
        .log()
        .lines()
        .flatMap(line -> LogFrame.parse(line).stream())
        .filter(frame -> frame.kind() == LogFrame.Kind.CHECKS)
        .flatMap(frame -> frame.json().stream())
        .map(json -> Json.read(json, ImageChecks.class))
        .reduce((_, last) -> last)
        .orElseThrow();
  }

  private List<String> tags() {
    return List.copyOf(harbor.world().project("team").repository("app").tags());
  }

  private static Failure failure(Termination termination) {
    return ((Termination.Failed) termination).failure();
  }

  @Test
  void findingsOfAPushedImageAreReported() throws Exception {
    var pushed = (Termination.Pushed) publish(CheckRequest.DEFAULT, "broken", "app");

    var checks = frame();
    assertThat(pushed.checks()).contains(checks);
    assertThat(checks.runnable()).contains(Verdict.DOES_NOT_RUN);
    assertThat(checks.counts()).isEqualTo(new Counts(1, 0, 1));
    assertThat(checks.findings().getFirst())
        .extracting(ImageChecks.Finding::rule, ImageChecks.Finding::path, ImageChecks.Finding::line)
        .containsExactly("BrokenProgram", Optional.of("/broken"), 1);
    assertThat(tags()).contains("1", "latest");
    assertThat(build.log())
        .contains("checks: the program cannot start; errors: 1, warnings: 0, hints: 1")
        .contains("checks: error: BrokenProgram, /broken, line 1: there is a file broken");
  }

  @Test
  void gateHoldsTheTagsBack() throws Exception {
    var failure = failure(publish(gate(Runnability.FAIL), "broken"));

    assertThat(failure.reason()).isEqualTo(FailureReason.ChecksFailed);
    assertThat(failure.message()).contains("BrokenProgram, /broken, line 1");
    assertThat(frame().findings()).hasSize(1);
    assertThat(tags()).isEmpty();
    assertThat(harbor.seen("PUT /v2/team/app/manifests/")).isEmpty();
  }

  @Test
  void imageWithoutFindingsPassesTheGate() throws Exception {
    var pushed = (Termination.Pushed) publish(gate(Runnability.FAIL, "Error"), "app");

    assertThat(pushed.checks().orElseThrow().runnable()).contains(Verdict.RUNS);
    assertThat(tags()).contains("1");
  }

  @Test
  void rulesAreGatesToo() throws Exception {
    assertThat(failure(publish(gate(Runnability.WARN, "NoTimeZones"), "app")).message())
        .contains("NoTimeZones");
  }

  @Test
  void acceptedFindingPasses() throws Exception {
    var accepted =
        new CheckRequest(
            Runnability.FAIL,
            Optional.empty(),
            List.of("Error"),
            List.of(new Exemption("SecretInFile", Optional.of("/k*"), "a test", Optional.empty())));

    var pushed = (Termination.Pushed) publish(accepted, "key");

    assertThat(pushed.checks().orElseThrow().findings()).isEmpty();
  }

  @Test
  void expiredExceptionIsAFinding() throws Exception {
    var expired =
        new CheckRequest(
            Runnability.WARN,
            Optional.empty(),
            List.of("SecretInFile"),
            List.of(
                new Exemption(
                    "SecretInFile", Optional.empty(), "a test", Optional.of("2026-11-20"))));

    assertThat(failure(publish(expired, "key")).reason()).isEqualTo(FailureReason.ChecksFailed);
    assertThat(frame().findings())
        .extracting(ImageChecks.Finding::rule)
        .containsExactly("SecretInFile", "ExceptionExpired");
  }

  @Test
  void imageThatIsTooLargeIsNotTagged() throws Exception {
    var limit = new CheckRequest(Runnability.WARN, Optional.of(10L), List.of(), List.of());

    var failure = failure(publish(limit, "app"));

    assertThat(failure.reason()).isEqualTo(FailureReason.ChecksFailed);
    assertThat(failure.message())
        .startsWith("spec.checks.maxSize holds the tags back: the image has ")
        .contains("largest layers: layer ");
    assertThat(tags()).isEmpty();
  }

  @Test
  void startIsNotCheckedIfItIsOff() throws Exception {
    var pushed = (Termination.Pushed) publish(gate(Runnability.OFF), "broken");

    assertThat(pushed.checks().orElseThrow().runnable()).isEmpty();
    assertThat(pushed.checks().orElseThrow().findings()).isEmpty();
  }

  @Test
  void unknownRuleEndsTheRunBeforeStagesEnd() throws Exception {
    build.withChecks(gate(Runnability.WARN, "SecretInFiles"));
    build.planned(stage("s0", SCRATCH));

    assertThat(failure(build.publish()))
        .extracting(Failure::reason)
        .isEqualTo(FailureReason.InvalidRequest);
  }

  @Test
  void buildWithoutChecksReadsNothing() throws Exception {
    build.then(() -> build.planned(stage("s0", SCRATCH))).then(() -> build.finished("s0"));

    assertThat(((Termination.Pushed) build.publish()).checks()).isEmpty();
    assertThat(build.layersRead()).isZero();
  }

  @Test
  void reportIsAttachedToTheImage() throws Exception {
    var pushed = (Termination.Pushed) publish(CheckRequest.DEFAULT, "broken");

    var image = build.image().pinned(pushed.digest());
    try (var client = build.client()) {
      var attached = client.referrers(image, Report.ARTIFACT_TYPE);
      assertThat(attached)
          .singleElement()
          .satisfies(artifact ->
              assertThat(artifact.annotations())
                  .containsEntry("org.opencontainers.image.created", "2026-11-21T10:00:00Z"));
      var artifact = image.pinned(attached.getFirst().manifest().digest());
      var layers = Manifest.parse(client.manifest(artifact).orElseThrow().bytes()).layers();
      try (var blob = client.blob(artifact, layers.getFirst())) {
        var report = Report.parse(new String(blob.readAllBytes(), StandardCharsets.UTF_8));
        assertThat(report.image().digest()).contains(pushed.digest().toString());
        assertThat(report.findings()).hasSize(1);
        assertThat(report.stages()).hasSize(1);
      }
      assertThat(layers.getLast().mediaType()).isEqualTo("application/sarif+json");
    }
  }

  @Test
  void rejectedReportIsALineOfTheLog() throws Exception {
    harbor.next("PUT /v2/team/app/manifests/sha256:", 403);

    assertThat(publish(CheckRequest.DEFAULT, "app")).isInstanceOf(Termination.Pushed.class);
    assertThat(build.log()).contains("checks: the report is not attached to the image: ");
  }

  @Test
  void failedGateAttachesNothing() throws Exception {
    var _ = publish(gate(Runnability.FAIL), "broken");

    assertThat(harbor.seen("PUT /v2/team/app/manifests/")).isEmpty();
  }

  @Test
  void largestStageIsMeasured() throws Exception {
    var pushed = (Termination.Pushed) publish(CheckRequest.DEFAULT, "app", "other");

    assertThat(pushed.checks().orElseThrow().largestStage().orElseThrow())
        .isBetween(100L, pushed.size());
  }
}
