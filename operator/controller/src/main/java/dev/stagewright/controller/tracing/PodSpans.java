package dev.stagewright.controller.tracing;

import static dev.stagewright.controller.tracing.SpanAttributes.ATTEMPT;
import static dev.stagewright.controller.tracing.SpanAttributes.CONTAINER;
import static dev.stagewright.controller.tracing.SpanAttributes.NODE;
import static dev.stagewright.controller.tracing.SpanAttributes.POD;
import static dev.stagewright.controller.tracing.SpanAttributes.POD_UID;

import dev.stagewright.controller.podstatus.PodTimeline;
import dev.stagewright.controller.podstatus.PodTimeline.ContainerInterval;
import io.opentelemetry.api.common.Attributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The spans of a Pod: how long the scheduler, the kubelet with the registry, and its containers
 * took.
 *
 * @param parent path of the span that the Pod belongs to
 * @param until end of what has not ended
 */
record PodSpans(PodTimeline pod, String parent, Instant until) {

  List<RunSpan> list() {
    var spans = new ArrayList<RunSpan>();
    var scheduled = pod.scheduled();
    spans.add(span("schedule", pod.created(), scheduled.orElse(until)));
    scheduled.ifPresent(from -> addStart(from, spans));
    pod.containers().forEach(container -> spans.add(span(container)));
    return spans;
  }

  private void addStart(Instant scheduled, List<RunSpan> spans) {
    var started = pod.started().orElse(until);
    pod.init()
        .ifPresentOrElse(
            init -> {
              spans.add(span("start init containers", scheduled, init.start()));
              spans.add(span("init containers", init.start(), init.end()));
              spans.add(span("pull and start", init.end(), started));
            },
            () -> spans.add(span("pull and start", scheduled, started)));
  }

  private RunSpan span(ContainerInterval container) {
    return RunSpan.child(
        parent,
        path("run " + container.name()),
        "run " + container.name(),
        container.started(),
        container.finished().orElse(until),
        attributes().toBuilder().put(CONTAINER, container.name()).build());
  }

  private RunSpan span(String name, Instant start, Instant end) {
    return RunSpan.child(parent, path(name), name, start, end, attributes());
  }

  private String path(String name) {
    return parent + "/" + pod.attempt() + "/" + name;
  }

  private Attributes attributes() {
    var attributes =
        Attributes.builder()
            .put(POD, pod.name())
            .put(POD_UID, pod.uid())
            .put(ATTEMPT, (long) pod.attempt());
    pod.node().ifPresent(node -> attributes.put(NODE, node));
    return attributes.build();
  }
}
