package dev.stagewright.controller.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.api.v1alpha1.ImageBuildStatus;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BuildMetricsTest {
  private static final KubernetesSerialization YAML = new KubernetesSerialization();
  private static final ImageBuildStatus RUNNING =
      status(
          """
          observedGeneration: 1
          phase: Building
          startTime: "2026-11-21T10:00:00Z"
          stages: [{id: s0, name: a, base: b, phase: Running}]
          """);
  private static final ImageBuildStatus DONE =
      status(
          """
          observedGeneration: 1
          phase: Succeeded
          startTime: "2026-11-21T10:00:00Z"
          completionTime: "2026-11-21T10:01:00Z"
          conditions:
          - {type: Prepared, status: "True", lastTransitionTime: "2026-11-21T10:00:10Z"}
          - {type: Built, status: "True", lastTransitionTime: "2026-11-21T10:00:50Z"}
          - {type: Pushed, status: "True", lastTransitionTime: "2026-11-21T10:01:00Z"}
          stages:
          - id: s0
            name: a
            base: b
            phase: Succeeded
            startTime: "2026-11-21T10:00:12Z"
            completionTime: "2026-11-21T10:00:42Z"
          """);

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final BuildMetrics metrics = new BuildMetrics(registry);

  @Test
  void countsBuildOnceByOutcome() {
    metrics.record(Optional.empty(), RUNNING);
    metrics.record(Optional.of(RUNNING), DONE);
    metrics.record(Optional.of(DONE), DONE);

    assertThat(
            registry
                .counter("stagewright.builds", "outcome", "succeeded", "reason", "none")
                .count())
        .isEqualTo(1);
  }

  @Test
  void measuresBuildPhasesAndStages() {
    metrics.record(Optional.of(RUNNING), DONE);

    assertThat(seconds("stagewright.build.duration", "outcome", "succeeded")).isEqualTo(60);
    assertThat(seconds("stagewright.phase.duration", "phase", "prepare")).isEqualTo(10);
    assertThat(seconds("stagewright.phase.duration", "phase", "build")).isEqualTo(40);
    assertThat(seconds("stagewright.phase.duration", "phase", "push")).isEqualTo(10);
    assertThat(seconds("stagewright.stage.duration", "outcome", "succeeded")).isEqualTo(30);
  }

  @Test
  void countsFindingsAndMeasuresTheAnalysisOfAnImage() {
    var done =
        status(
            """
            observedGeneration: 1
            phase: Failed
            startTime: "2026-11-21T10:00:00Z"
            completionTime: "2026-11-21T10:01:00Z"
            checks: {runnable: "False", errors: 1, warnings: 2, hints: 0, millis: 250}
            """);
    metrics.record(Optional.of(RUNNING), done);
    metrics.record(Optional.of(done), done);

    assertThat(registry.counter("stagewright.findings", "severity", "error").count()).isEqualTo(1);
    assertThat(registry.counter("stagewright.findings", "severity", "warning").count())
        .isEqualTo(2);
    assertThat(registry.timer("stagewright.analysis.duration").totalTime(TimeUnit.MILLISECONDS))
        .isEqualTo(250);
  }

  @Test
  void countsStepsOfAStageOnce() {
    var lookedUp =
        status(
            """
            observedGeneration: 1
            phase: Building
            startTime: "2026-11-21T10:00:00Z"
            stages:
            - id: s0
              name: a
              base: b
              phase: Running
              cached: Partial
              cache: {cachedSteps: 2, steps: 5, savedDuration: 1m2s, savedBytes: 300}
            - {id: s1, name: c, base: a, phase: Waiting}
            """);
    metrics.record(Optional.of(RUNNING), lookedUp);
    metrics.record(Optional.of(lookedUp), lookedUp);

    assertThat(registry.counter("stagewright.cache.steps", "result", "hit").count()).isEqualTo(2);
    assertThat(registry.counter("stagewright.cache.steps", "result", "miss").count()).isEqualTo(3);
    assertThat(registry.counter("stagewright.cache.saved.seconds").count()).isEqualTo(62);
    assertThat(registry.counter("stagewright.cache.saved.bytes").count()).isEqualTo(300);
  }

  @Test
  void countsStepsThatAnotherBuildRan() {
    var waiting = stage("phase: Waiting, reason: WaitsForBuild, cached: Partial", 1, "10s");
    metrics.record(Optional.of(RUNNING), waiting);
    assertThat(steps("miss")).as("that is not known yet").isZero();

    var longer = stage("phase: Waiting, reason: WaitsForBuild, cached: Partial", 2, "20s");
    metrics.record(Optional.of(waiting), longer);
    metrics.record(Optional.of(longer), stage("phase: Running, cached: Partial", 4, "40s"));

    assertThat(steps("hit")).isEqualTo(1);
    assertThat(steps("shared")).isEqualTo(3);
    assertThat(steps("miss")).isEqualTo(1);
    assertThat(registry.counter("stagewright.cache.saved.seconds").count()).isEqualTo(40);
  }

  @Test
  void countsReplacedPodsAndMeasuresImages() {
    var retried = status("attempts: {worker: 1, s0: 3}\nphase: Building");
    metrics.record(Optional.empty(), status("attempts: {worker: 1, s0: 1}\nphase: Building"));
    metrics.record(Optional.of(RUNNING), retried);
    metrics.record(Optional.of(retried), retried);
    assertThat(registry.counter("stagewright.pods.replaced", "pod", "stage").count()).isEqualTo(2);
    assertThat(registry.find("stagewright.pods.replaced").tag("pod", "worker").counter()).isNull();

    metrics.record(
        Optional.of(RUNNING),
        status(
            """
            observedGeneration: 1
            phase: Succeeded
            startTime: "2026-11-21T10:00:00Z"
            completionTime: "2026-11-21T10:01:00Z"
            image: {reference: r, digest: d, size: 4096, layers: 1}
            """));
    assertThat(registry.summary("stagewright.image.size").totalAmount()).isEqualTo(4096);
  }

  private double steps(String result) {
    return registry.counter("stagewright.cache.steps", "result", result).count();
  }

  private static ImageBuildStatus stage(String fields, int cached, String saved) {
    return status(
        """
        observedGeneration: 1
        phase: Building
        startTime: "2026-11-21T10:00:00Z"
        stages:
        - id: s0
          name: a
          base: b
          %s
          cache: {cachedSteps: %d, steps: 5, savedDuration: %s, savedBytes: 300}
        """
            .formatted(fields.replace(", ", "\n  "), cached, saved));
  }

  @Test
  void countsFailureByReason() {
    var failed =
        status(
            """
            observedGeneration: 1
            phase: Failed
            startTime: "2026-11-21T10:00:00Z"
            completionTime: "2026-11-21T10:01:00Z"
            failure: {reason: RunFailed, message: m}
            """);
    metrics.record(Optional.of(RUNNING), failed);

    assertThat(
            registry
                .counter("stagewright.builds", "outcome", "failed", "reason", "RunFailed")
                .count())
        .isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"Preparing, Replaced", "Cancelled, Suspended"})
  void countsRunStoppedByNewSpec(String next, String reason) {
    metrics.record(Optional.of(RUNNING), status("observedGeneration: 2\nphase: " + next));

    assertThat(
            registry
                .counter("stagewright.builds", "outcome", "cancelled", "reason", reason)
                .count())
        .isEqualTo(1);
  }

  private double seconds(String name, String tag, String value) {
    return registry.get(name).tag(tag, value).timer().totalTime(TimeUnit.SECONDS);
  }

  private static ImageBuildStatus status(String yaml) {
    return YAML.unmarshal(yaml, ImageBuildStatus.class);
  }

  @Test
  void countsRunsByTheStorageOfTheirCacheMounts() {
    var claim = status("cacheMounts: {storage: Claim, claimName: c, reason: Configured}");
    var workspace = status("cacheMounts: {storage: Workspace, reason: ClaimUnavailable}");
    metrics.record(Optional.empty(), claim);
    metrics.record(Optional.of(claim), claim);
    metrics.record(Optional.of(claim), workspace);
    metrics.record(Optional.of(workspace), workspace);
    assertThat(cacheMounts("claim", "Configured")).isEqualTo(1);
    assertThat(cacheMounts("workspace", "ClaimUnavailable")).isEqualTo(1);
  }

  private double cacheMounts(String storage, String reason) {
    return registry
        .get("stagewright.cache.mounts")
        .tags("storage", storage, "reason", reason)
        .counter()
        .count();
  }
}
