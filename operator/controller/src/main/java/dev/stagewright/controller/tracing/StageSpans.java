package dev.stagewright.controller.tracing;

import static dev.stagewright.controller.tracing.SpanAttributes.CACHED;
import static dev.stagewright.controller.tracing.SpanAttributes.CACHED_STEPS;
import static dev.stagewright.controller.tracing.SpanAttributes.NODE;
import static dev.stagewright.controller.tracing.SpanAttributes.POD;
import static dev.stagewright.controller.tracing.SpanAttributes.RUNS_IN;
import static dev.stagewright.controller.tracing.SpanAttributes.SANDBOX;
import static dev.stagewright.controller.tracing.SpanAttributes.STAGE;
import static dev.stagewright.controller.tracing.SpanAttributes.STAGE_BASE;
import static dev.stagewright.controller.tracing.SpanAttributes.STAGE_ID;
import static dev.stagewright.controller.tracing.SpanAttributes.STAGE_PHASE;
import static dev.stagewright.controller.tracing.SpanAttributes.STAGE_STEP;
import static dev.stagewright.controller.tracing.SpanAttributes.STEPS;
import static dev.stagewright.controller.tracing.SpanAttributes.TASK;

import dev.stagewright.api.v1alpha1.StageStatus;
import dev.stagewright.api.v1alpha1.StageStatus.StagePhase;
import dev.stagewright.controller.podstatus.PodTimeline;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The spans of a stage: one for the stage, and below it those of its Pods.
 *
 * @param pods of the stage; empty for a stage without a Pod of its own
 * @param prepared when the stages were known; empty if they never were
 * @param until end of what has not ended
 */
record StageSpans(
    StageStatus stage, List<PodTimeline> pods, Optional<Instant> prepared, Instant until) {

  Stream<RunSpan> list() {
    return start().stream().flatMap(this::list);
  }

  private Stream<RunSpan> list(Instant start) {
    var path = "stage/" + stage.id();
    var span = RunSpan.child(path, "stage " + stage.name(), start, end(start), attributes());
    return Stream.concat(
        Stream.of(stage.phase() == StagePhase.Failed ? failed(span) : span),
        pods.stream().flatMap(pod -> new PodSpans(pod, path, end(start)).list().stream()));
  }

  /** From the creation of the first Pod. A stage whose steps are all known takes no time. */
  private Optional<Instant> start() {
    return Stream.concat(
            pods.stream().map(PodTimeline::created),
            Stream.ofNullable(stage.startTime()).map(Instant::parse))
        .min(Instant::compareTo)
        .or(() -> prepared.filter(_ -> stage.phase() == StagePhase.Succeeded));
  }

  private Instant end(Instant start) {
    return Optional.ofNullable(stage.completionTime())
        .map(Instant::parse)
        .orElseGet(() ->
            stage.phase() == StagePhase.Succeeded && stage.startTime() == null ? start : until);
  }

  private RunSpan failed(RunSpan span) {
    return span.failed(
        Objects.toString(stage.message(), "the stage failed"),
        Objects.toString(stage.reason(), RunTrace.OTHER_ERROR));
  }

  private Attributes attributes() {
    var attributes =
        Attributes.builder()
            .put(TASK, stage.name())
            .put(STAGE_ID, stage.id())
            .put(STAGE, stage.name())
            .put(STAGE_BASE, stage.base())
            .put(STAGE_PHASE, stage.phase().name());
    put(attributes, POD, stage.pod());
    put(attributes, NODE, stage.node());
    put(attributes, SANDBOX, stage.sandbox());
    put(attributes, STAGE_STEP, stage.step());
    put(attributes, RUNS_IN, stage.runsIn());
    put(attributes, CACHED, stage.cached());
    if (stage.cache() != null) {
      attributes
          .put(STEPS, (long) stage.cache().steps())
          .put(CACHED_STEPS, (long) stage.cache().cachedSteps());
    }
    return attributes.build();
  }

  private static void put(
      AttributesBuilder attributes, AttributeKey<String> key, @Nullable Object value) {
    if (value != null) {
      attributes.put(key, value.toString());
    }
  }
}
