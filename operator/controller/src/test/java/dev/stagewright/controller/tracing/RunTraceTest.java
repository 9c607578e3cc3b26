package dev.stagewright.controller.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.api.v1alpha1.ImageBuildStatus;
import dev.stagewright.controller.podstatus.PodTimeline;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunTraceTest {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("mm:ss").withZone(ZoneOffset.UTC);
  private static final Instant END = Instant.parse("2026-11-21T10:01:30Z");

  @Test
  void spansHaveTheTimesOfTheStatusAndThePods() {
    assertThat(spans(SampleRun.SUCCEEDED, pods()).stream().map(RunTraceTest::line))
        .containsExactly(
            "00:00-01:30 build hello",
            "00:00-00:10  queue",
            "00:11-01:30  worker Pod",
            "00:11-00:12   worker: schedule",
            "00:12-00:15   worker: pull and start",
            "00:15-00:20   worker: run prepare",
            "00:15-01:30   worker: run publish",
            "00:15-00:20  prepare",
            "00:20-00:20  stage deps",
            "00:21-01:20  stage build",
            "00:21-00:25   stage/s1: schedule",
            "00:25-00:27   stage/s1: start init containers",
            "00:27-00:28   stage/s1: init containers",
            "00:28-00:40   stage/s1: pull and start",
            "00:40-01:20   stage/s1: run main",
            "01:20-01:30  publish");
  }

  @Test
  void withoutPodsTheSpansOfTheStatusRemain() {
    assertThat(spans(SampleRun.SUCCEEDED, List.of()).stream().map(RunTraceTest::line))
        .containsExactly(
            "00:00-01:30 build hello",
            "00:00-00:10  queue",
            "00:10-00:20  prepare",
            "00:20-00:20  stage deps",
            "00:40-01:20  stage build",
            "01:20-01:30  publish");
  }

  @Test
  void everyParentIsASpanOfTheTrace() {
    var spans = spans(SampleRun.SUCCEEDED, pods());
    var paths = spans.stream().map(RunSpan::path).toList();
    assertThat(paths).doesNotHaveDuplicates();
    assertThat(spans.stream().flatMap(span -> span.parent().stream())).isSubsetOf(paths);
    assertThat(spans).filteredOn(span -> span.parent().isEmpty()).hasSize(1);
  }

  @Test
  void attributesSayWhatWasBuilt() {
    var spans = spans(SampleRun.SUCCEEDED, pods());
    var root = spans.getFirst().attributes();
    assertThat(root.get(SpanAttributes.NAMESPACE)).isEqualTo("team");
    assertThat(root.get(SpanAttributes.BUILD)).isEqualTo("hello");
    assertThat(root.get(SpanAttributes.RUN)).isEqualTo(5);
    assertThat(root.get(SpanAttributes.GENERATION)).isEqualTo(3);
    assertThat(root.get(SpanAttributes.RESULT)).isEqualTo("success");
    assertThat(root.get(SpanAttributes.TRIGGER)).isEqualTo("Rebuild");
    assertThat(root.get(SpanAttributes.DIGEST)).isEqualTo("sha256:abc");
    assertThat(root.get(SpanAttributes.REVISION)).isEqualTo("0a1b2c");
    assertThat(root.get(SpanAttributes.CACHED_STEPS)).isEqualTo(3);
    var cached = span(spans, "stage deps").attributes();
    assertThat(cached.get(SpanAttributes.CACHED)).isEqualTo("All");
    assertThat(cached.get(SpanAttributes.POD)).isNull();
    var stage = span(spans, "stage build").attributes();
    assertThat(stage.get(SpanAttributes.POD)).isEqualTo("hello-5-s1");
    assertThat(stage.get(SpanAttributes.NODE)).isEqualTo("node-2");
    assertThat(stage.get(SpanAttributes.STAGE_ID)).isEqualTo("s1");
    assertThat(span(spans, "run main").attributes().get(SpanAttributes.ATTEMPT)).isEqualTo(2);
  }

  @Test
  void aFailedStageFailsTheRun() {
    var spans = spans(SampleRun.FAILED, pods());
    assertThat(spans.getFirst().error()).contains("stage build, line 4: make failed");
    assertThat(spans.getFirst().attributes().get(SpanAttributes.ERROR_TYPE)).isEqualTo("RunFailed");
    assertThat(spans.getFirst().attributes().get(SpanAttributes.RESULT)).isEqualTo("failure");
    assertThat(span(spans, "stage build").error()).contains("exit code 2");
    assertThat(span(spans, "prepare").error()).isEmpty();
    assertThat(spans).noneMatch(span -> span.name().equals("publish"));
  }

  @Test
  void aRunWithoutAPlanFailedInPrepare() {
    var status =
        SampleRun.status(
            """
            observedGeneration: 1
            phase: Failed
            startTime: '2026-11-21T10:00:10Z'
            failure: {reason: SourceNotFound, message: no such repository}
            """);
    var prepare = span(spans(status, List.of()), "prepare");
    assertThat(prepare.error()).contains("no such repository");
    assertThat(prepare.attributes().get(SpanAttributes.ERROR_TYPE)).isEqualTo("SourceNotFound");
  }

  @Test
  void aFailedPushFailsPublish() {
    var status =
        SampleRun.status(
            """
            observedGeneration: 1
            phase: Failed
            startTime: '2026-11-21T10:00:10Z'
            failure: {reason: RegistryUnavailable, message: no answer}
            conditions:
              - {type: Prepared, status: 'True', lastTransitionTime: '2026-11-21T10:00:20Z', reason: Prepared, message: ''}
              - {type: Built, status: 'True', lastTransitionTime: '2026-11-21T10:01:20Z', reason: Built, message: ''}
            """);
    var publish = span(spans(status, List.of()), "publish");
    assertThat(publish.error()).contains("no answer");
    assertThat(publish.end()).isEqualTo(END);
  }

  @Test
  void aPodThatNeverStartedWaitedUntilTheEnd() {
    var pod =
        new PodTimeline(
            "p",
            "u",
            "s1",
            1,
            Optional.empty(),
            Instant.parse("2026-11-21T10:00:21Z"),
            Optional.empty(),
            Optional.empty(),
            List.of());
    var status =
        SampleRun.status(
            """
            observedGeneration: 1
            phase: Failed
            startTime: '2026-11-21T10:00:10Z'
            stages: [{id: s1, name: build, base: b, phase: Cancelled}]
            """);
    assertThat(spans(status, List.of(pod)).stream().map(RunTraceTest::line))
        .contains("00:21-01:30  stage build", "00:21-01:30   stage/s1: schedule");
  }

  @Test
  void aRunThatNeverBeganHasNoSpans() {
    assertThat(spans(SampleRun.status("{observedGeneration: 1, phase: Cancelled}"), List.of()))
        .isEmpty();
  }

  @Test
  void idsDependOnlyOnTheRun() {
    var run = new RunIdentity("u", 1, 1);
    assertThat(run.traceId()).hasSize(32).isEqualTo(new RunIdentity("u", 1, 1).traceId());
    assertThat(run.spanId("a")).hasSize(16).isEqualTo(new RunIdentity("u", 1, 1).spanId("a"));
    assertThat(run.spanId("a")).isNotEqualTo(run.spanId("b"));
    assertThat(run.traceId()).isNotEqualTo(new RunIdentity("u", 1, 2).traceId());
    assertThat(run.traceId()).isNotEqualTo(new RunIdentity("v", 1, 1).traceId());
  }

  private static List<RunSpan> spans(ImageBuildStatus status, List<PodTimeline> pods) {
    return new RunTrace(
            "team",
            "hello",
            "u",
            status,
            Optional.of(Instant.parse("2026-11-21T10:00:00Z")),
            pods,
            END)
        .spans();
  }

  private static List<PodTimeline> pods() {
    return SampleRun.pods().stream().filter(RunTraceTest::isOfRun).map(PodTimeline::of).toList();
  }

  private static boolean isOfRun(Pod pod) {
    return pod.getMetadata().getName().contains("-5-");
  }

  private static RunSpan span(List<RunSpan> spans, String name) {
    return spans.stream().filter(it -> it.name().equals(name)).findFirst().orElseThrow();
  }

  private static String line(RunSpan span) {
    return TIME.format(span.start())
        + "-"
        + TIME.format(span.end())
        + span.parent().map(it -> it.isEmpty() ? "  " : "   " + it + ": ").orElse(" ")
        + span.name();
  }
}
