package dev.stagewright.controller.metrics;

import dev.stagewright.api.v1alpha1.BuildCondition;
import dev.stagewright.api.v1alpha1.BuildCondition.ConditionStatus;
import dev.stagewright.api.v1alpha1.BuildCondition.ConditionType;
import dev.stagewright.api.v1alpha1.BuildPhase;
import dev.stagewright.api.v1alpha1.CacheMountsStatus;
import dev.stagewright.api.v1alpha1.ImageBuildStatus;
import dev.stagewright.api.v1alpha1.ImageBuildStatus.QueueStatus;
import dev.stagewright.api.v1alpha1.KubernetesDuration;
import dev.stagewright.api.v1alpha1.StageCacheStatus;
import dev.stagewright.api.v1alpha1.StageStatus;
import dev.stagewright.protocol.FailureReason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Counts builds, and measures how long builds, phases and stages take. */
public final class BuildMetrics {
  private static final String NONE = "none";
  private static final String WORKER = "worker";
  private static final StageCacheStatus NOTHING = new StageCacheStatus(0, 0, null, null, "0s", 0);

  private final MeterRegistry registry;

  /**
   * Records into this registry. Failures are counted from zero, since Prometheus cannot see the
   * increase of a counter that begins with its first failure.
   */
  public BuildMetrics(MeterRegistry registry) {
    this.registry = registry;
    for (var reason : FailureReason.values()) {
      builds("failed", reason.name());
    }
  }

  private Counter builds(String outcome, String reason) {
    return Metric.BUILDS.counter(registry, outcome, reason);
  }

  /** Records the changes between two consecutive statuses of a build. */
  public void record(Optional<ImageBuildStatus> before, ImageBuildStatus after) {
    var sameRun = before.filter(status -> status.runNumber() == after.runNumber());
    stages(sameRun, after);
    cache(sameRun, after);
    cacheMounts(sameRun, after);
    queue(sameRun, after);
    replacements(sameRun, after);
    stopped(before, after);
    var hadEnded = sameRun.filter(ImageBuildStatus::hasEnded).isPresent();
    var hasStarted = after.startTime() != null;
    if (after.phase() == null || !after.hasEnded() || hadEnded || !hasStarted) {
      return;
    }
    var outcome = after.phase().name().toLowerCase(Locale.ROOT);
    var reason = reason(after);
    builds(outcome, reason).increment();
    time(Metric.BUILD_DURATION.timer(outcome), after.startTime(), after.completionTime());
    phases(after);
    checks(after);
    imageSize(after);
  }

  private void imageSize(ImageBuildStatus after) {
    if (after.image() != null) {
      Metric.IMAGE_SIZE.summary(registry).record((double) after.image().size());
    }
  }

  /** Counts the Pods that replace one that was lost or failed. */
  private void replacements(Optional<ImageBuildStatus> before, ImageBuildStatus after) {
    var known = before.map(ImageBuildStatus::attempts).orElse(Map.of());
    after
        .attempts()
        .forEach((pod, attempts) -> {
          var replaced = attempts - Math.max(1, known.getOrDefault(pod, 1));
          if (replaced > 0) {
            Metric.PODS_REPLACED
                .counter(registry, pod.equals(WORKER) ? WORKER : "stage")
                .increment(replaced);
          }
        });
  }

  private static String reason(ImageBuildStatus ended) {
    if (ended.failure() != null) {
      return ended.failure().reason();
    }
    return ended.phase() == BuildPhase.Cancelled ? ImageBuildStatus.CANCELLED : NONE;
  }

  /** Counts the findings of lint and about the image, and measures the analysis of the image. */
  private void checks(ImageBuildStatus after) {
    var checks = after.checks();
    if (checks != null) {
      findings("error", checks.errors());
      findings("warning", checks.warnings());
      findings("hint", checks.hints());
      Metric.ANALYSIS_DURATION
          .timer()
          .register(registry)
          .record(Duration.ofMillis(checks.millis()));
    }
  }

  private void findings(String severity, int count) {
    Metric.FINDINGS.counter(registry, severity).increment(count);
  }

  private void queue(Optional<ImageBuildStatus> before, ImageBuildStatus after) {
    var waited = before.map(ImageBuildStatus::queue).map(QueueStatus::since);
    if (waited.isPresent() && after.queue() == null) {
      time(Metric.QUEUE_DURATION.timer(), waited.get(), after.startTime());
    }
  }

  /** Counts a run that a change of the spec has stopped. */
  private void stopped(Optional<ImageBuildStatus> before, ImageBuildStatus after) {
    before
        .filter(status -> status.runNumber() != after.runNumber())
        .filter(status -> status.startTime() != null)
        .filter(status -> status.phase() != null && !status.hasEnded())
        .ifPresent(_ -> {
          var reason = after.hasBeenSuspended() ? "Suspended" : "Replaced";
          builds("cancelled", reason).increment();
        });
  }

  private void phases(ImageBuildStatus after) {
    var prepared = reached(after, ConditionType.Prepared);
    var built = reached(after, ConditionType.Built);
    phase("prepare", after.startTime(), prepared);
    phase("build", prepared, built);
    phase("push", built, reached(after, ConditionType.Pushed));
  }

  private void phase(String name, @Nullable String from, @Nullable String to) {
    if (from != null && to != null) {
      Metric.PHASE_DURATION
          .timer(name)
          .register(registry)
          .record(Duration.between(Instant.parse(from), Instant.parse(to)));
    }
  }

  private static @Nullable String reached(ImageBuildStatus status, ConditionType type) {
    return status.conditions().stream()
        .filter(condition -> condition.type() == type && condition.status() == ConditionStatus.True)
        .map(BuildCondition::lastTransitionTime)
        .findFirst()
        .orElse(null);
  }

  private void stages(Optional<ImageBuildStatus> before, ImageBuildStatus after) {
    for (var stage : after.stages()) {
      var known =
          before.stream()
              .flatMap(status -> status.stages().stream())
              .anyMatch(it -> it.id().equals(stage.id()) && it.phase() == stage.phase());
      var hasEnded =
          stage.phase() == StageStatus.StagePhase.Succeeded
              || stage.phase() == StageStatus.StagePhase.Failed;
      if (hasEnded && !known) {
        var outcome = stage.phase().name().toLowerCase(Locale.ROOT);
        var sandbox = stage.sandbox() == null ? NONE : stage.sandbox();
        time(
            Metric.STAGE_DURATION.timer(outcome, sandbox),
            stage.startTime(),
            stage.completionTime());
      }
    }
  }

  /**
   * Counts the steps of stages that were looked up since the last status, and those that other
   * builds ran while a stage waited for them. A step is missed when the stage waits no longer.
   */
  private void cache(Optional<ImageBuildStatus> before, ImageBuildStatus after) {
    for (var stage : after.stages()) {
      var found = stage.cache();
      if (found != null) {
        var earlier =
            before.stream()
                .flatMap(status -> status.stages().stream())
                .filter(other -> other.id().equals(stage.id()) && other.cache() != null)
                .findFirst();
        var known = earlier.map(StageStatus::cache).orElse(NOTHING);
        found(earlier.isPresent() ? "shared" : "hit", known, found);
        if (!isWaiting(stage) && earlier.filter(it -> !isWaiting(it)).isEmpty()) {
          steps("miss", found.steps() - found.cachedSteps());
        }
      }
    }
  }

  private static boolean isWaiting(StageStatus stage) {
    return StageStatus.WAITS_FOR_BUILD.equals(stage.reason());
  }

  /** Counts the runs with cache mounts by their storage, which can change once in a run. */
  private void cacheMounts(Optional<ImageBuildStatus> before, ImageBuildStatus after) {
    var known = before.map(ImageBuildStatus::cacheMounts).map(CacheMountsStatus::reason);
    var mounts = after.cacheMounts();
    if (mounts != null && !known.equals(Optional.of(mounts.reason()))) {
      Metric.CACHE_MOUNTS
          .counter(
              registry, mounts.storage().name().toLowerCase(Locale.ROOT), mounts.reason().name())
          .increment();
    }
  }

  private void found(String result, StageCacheStatus before, StageCacheStatus after) {
    steps(result, Math.max(0, after.cachedSteps() - before.cachedSteps()));
    var seconds = savedSeconds(after) - savedSeconds(before);
    Metric.CACHE_SAVED_SECONDS.counter(registry).increment(Math.max(0, seconds));
    Metric.CACHE_SAVED_BYTES
        .counter(registry)
        .increment((double) Math.max(0, after.savedBytes() - before.savedBytes()));
  }

  private static double savedSeconds(StageCacheStatus found) {
    return KubernetesDuration.parse(found.savedDuration()).toSeconds();
  }

  private void steps(String result, int count) {
    Metric.CACHE_STEPS.counter(registry, result).increment(count);
  }

  private void time(Timer.Builder timer, @Nullable String start, @Nullable String completion) {
    if (start != null && completion != null) {
      timer
          .publishPercentileHistogram()
          .minimumExpectedValue(Duration.ofSeconds(1))
          .maximumExpectedValue(Duration.ofHours(1))
          .register(registry)
          .record(Duration.between(Instant.parse(start), Instant.parse(completion)));
    }
  }
}
