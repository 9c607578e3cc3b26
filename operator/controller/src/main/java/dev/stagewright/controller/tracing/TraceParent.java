package dev.stagewright.controller.tracing;

import dev.stagewright.api.v1alpha1.ImageBuild;
import dev.stagewright.api.v1alpha1.ImageBuildStatus;
import dev.stagewright.api.v1alpha1.TriggerStatus;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import java.util.Optional;

/** Reads the span that a run belongs to, from the annotation of its ImageBuild. */
final class TraceParent {
  private static final String HEADER = "traceparent";

  private TraceParent() {}

  /** The value of the annotation; empty if it is not set. */
  static Optional<String> annotation(ImageBuild build) {
    return Optional.ofNullable(build.getMetadata().getAnnotations())
        .flatMap(it -> Optional.ofNullable(it.get(ImageBuild.TRACEPARENT_ANNOTATION)))
        .map(String::strip)
        .filter(it -> !it.isEmpty());
  }

  /**
   * The parent of a run. Empty if the annotation is absent or invalid, and for runs that a schedule
   * or a new artifact started: nobody set the annotation for them.
   */
  static Optional<SpanContext> of(ImageBuild build, ImageBuildStatus status) {
    return appliesTo(status) ? annotation(build).flatMap(TraceParent::parse) : Optional.empty();
  }

  private static boolean appliesTo(ImageBuildStatus status) {
    var trigger = status.trigger();
    return trigger == null
        || trigger.type() == TriggerStatus.Type.Spec
        || trigger.type() == TriggerStatus.Type.Rebuild;
  }

  /** Parses the value of a header {@code traceparent}; empty if it is invalid. */
  static Optional<SpanContext> parse(String value) {
    var context =
        W3CTraceContextPropagator.getInstance()
            .extract(Context.root(), value, (header, name) -> name.equals(HEADER) ? header : null);
    return Optional.of(Span.fromContext(context).getSpanContext()).filter(SpanContext::isValid);
  }
}
