package dev.stagewright.controller.tracing;

import dev.stagewright.api.v1alpha1.BuildCondition.ConditionStatus;
import dev.stagewright.api.v1alpha1.BuildCondition.ConditionType;
import dev.stagewright.api.v1alpha1.ImageBuild;
import dev.stagewright.api.v1alpha1.ImageBuildStatus;
import dev.stagewright.controller.cluster.Cluster.EventDraft;
import dev.stagewright.controller.podstatus.PodTimeline;
import dev.stagewright.controller.run.BuildRun;
import io.fabric8.kubernetes.api.model.Pod;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingDecision;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Exports traces with OTLP. */
final class OtlpRunTracer implements RunTracer {
  private static final Logger LOG = LoggerFactory.getLogger(OtlpRunTracer.class);

  private final Sampler sampler;
  private final Resource resource;
  private final TraceQueue queue;
  private final BiConsumer<ImageBuild, EventDraft> events;
  private final Clock clock;

  /**
   * Creates a tracer.
   *
   * @param resource describes the operator
   * @param events records Events about annotations that are invalid
   */
  OtlpRunTracer(
      Sampler sampler,
      Resource resource,
      TraceQueue queue,
      BiConsumer<ImageBuild, EventDraft> events,
      Clock clock) {
    this.sampler = sampler;
    this.resource = resource;
    this.queue = queue;
    this.events = events;
    this.clock = clock;
  }

  @Override
  public void record(ImageBuild build, ImageBuildStatus after, List<Pod> pods) {
    try {
      recordRun(build, after, pods);
    } catch (RuntimeException e) {
      LOG.warn("cannot create the trace of a run; the build is not affected", e);
    }
  }

  private void recordRun(ImageBuild build, ImageBuildStatus after, List<Pod> pods) {
    var before = Optional.ofNullable(build.getStatus());
    var sameRun = before.filter(it -> it.runNumber() == after.runNumber());
    if (after.startTime() != null && sameRun.map(ImageBuildStatus::startTime).isEmpty()) {
      checkParent(build);
    }
    // A run that a change of the spec has stopped, or that is suspended, has no status of its end.
    before
        .filter(it -> it.runNumber() != after.runNumber() && !it.hasEnded())
        .ifPresent(stopped -> export(build, stopped, clock.instant(), Optional.of(stopped), pods));
    if (after.hasEnded() && sameRun.filter(ImageBuildStatus::hasEnded).isEmpty()) {
      var end =
          Optional.ofNullable(after.completionTime()).map(Instant::parse).orElseGet(clock::instant);
      export(build, after, end, sameRun, pods);
    }
  }

  private void checkParent(ImageBuild build) {
    TraceParent.annotation(build)
        .filter(value -> TraceParent.parse(value).isEmpty())
        .ifPresent(_ ->
            events.accept(
                build,
                new EventDraft(
                    true,
                    "InvalidTraceparent",
                    "the annotation "
                        + ImageBuild.TRACEPARENT_ANNOTATION
                        + " is ignored: it must have the form of the W3C header traceparent, such"
                        + " as 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")));
  }

  private void export(
      ImageBuild build,
      ImageBuildStatus status,
      Instant end,
      Optional<ImageBuildStatus> active,
      List<Pod> pods) {
    var metadata = build.getMetadata();
    var trace =
        new RunTrace(
            metadata.getNamespace(),
            metadata.getName(),
            metadata.getUid(),
            status,
            active.flatMap(
                it -> RunTrace.condition(it, ConditionType.Reconciling, ConditionStatus.True)),
            pods.stream()
                .filter(pod -> BuildRun.number(pod).equals(Optional.of(status.runNumber())))
                .map(PodTimeline::of)
                .toList(),
            end);
    var parent = TraceParent.of(build, status).orElseGet(SpanContext::getInvalid);
    var spans = trace.spans();
    if (!spans.isEmpty() && isSampled(trace, parent)) {
      queue.add(exported(trace.identity(), spans, parent));
    }
  }

  /** A run that is part of another trace is exported if that trace is. */
  private boolean isSampled(RunTrace trace, SpanContext parent) {
    var decision =
        sampler
            .shouldSample(
                Context.root().with(Span.wrap(parent)),
                traceId(trace.identity(), parent),
                trace.build(),
                SpanKind.INTERNAL,
                Attributes.empty(),
                List.of())
            .getDecision();
    return decision == SamplingDecision.RECORD_AND_SAMPLE;
  }

  private static String traceId(RunIdentity run, SpanContext parent) {
    return parent.isValid() ? parent.getTraceId() : run.traceId();
  }

  private List<SpanData> exported(RunIdentity run, List<RunSpan> spans, SpanContext parent) {
    return spans.stream()
        .map(span ->
            (SpanData)
                new ExportedSpan(
                    span,
                    context(run, span.path(), parent),
                    span.parent().map(path -> context(run, path, parent)).orElse(parent),
                    resource))
        .toList();
  }

  private static SpanContext context(RunIdentity run, String path, SpanContext parent) {
    return SpanContext.create(
        traceId(run, parent), run.spanId(path), TraceFlags.getSampled(), TraceState.getDefault());
  }

  @Override
  public void close() {
    queue.close();
  }
}
