package dev.stagewright.controller.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import dev.stagewright.api.v1alpha1.ImageBuild;
import dev.stagewright.controller.cluster.Cluster.EventDraft;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OtlpTracingTest {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String PARENT = "b7ad6b7169203331";

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final List<EventDraft> events = new ArrayList<>();
  private TraceReceiver receiver;

  @BeforeEach
  void startReceiver() throws Exception {
    receiver = new TraceReceiver();
  }

  @AfterEach
  void stopReceiver() {
    assertThat(receiver.violations()).isEmpty();
    receiver.close();
  }

  @Test
  void exportsTheTraceOfARunOnce() {
    try (var tracer = tracer()) {
      tracer.record(SampleRun.build(), SampleRun.ACTIVE, SampleRun.pods());
      tracer.record(SampleRun.build(SampleRun.ACTIVE), SampleRun.SUCCEEDED, SampleRun.pods());
      tracer.record(SampleRun.build(SampleRun.SUCCEEDED), SampleRun.SUCCEEDED, SampleRun.pods());
    }

    assertThat(receiver.requests()).hasSize(1);
    var spans = spans();
    assertThat(spans).hasSize(16).extracting(Span::getSpanId).doesNotHaveDuplicates();
    var ids = spans.stream().map(Span::getSpanId).collect(Collectors.toSet());
    var root = spans.getFirst();
    assertThat(root.getName()).isEqualTo("build hello");
    assertThat(root.getParentSpanId().isEmpty()).isTrue();
    assertThat(spans.subList(1, 16))
        .allSatisfy(span -> {
          assertThat(span.getTraceId()).isEqualTo(root.getTraceId());
          assertThat(ids).contains(span.getParentSpanId());
          assertThat(span.getEndTimeUnixNano()).isGreaterThanOrEqualTo(span.getStartTimeUnixNano());
        });
    assertThat(root.getStartTimeUnixNano())
        .isEqualTo(Instant.parse("2026-11-21T10:00:00Z").getEpochSecond() * 1_000_000_000L);
    assertThat(attributes(root))
        .containsEntry("stagewright.build", "hello")
        .containsEntry("cicd.pipeline.result", "success");
    assertThat(resource().getResource().getAttributes(0).getValue().getStringValue())
        .isEqualTo("stagewright");
    assertThat(count("exported")).isEqualTo(16);
  }

  @Test
  void theTraceOfACiJobContinues() {
    try (var tracer = tracer()) {
      end(tracer, annotated("00-" + TRACE + "-" + PARENT + "-01"));
    }
    assertThat(hex(spans().getFirst().getTraceId())).isEqualTo(TRACE);
    assertThat(hex(spans().getFirst().getParentSpanId())).isEqualTo(PARENT);
  }

  @Test
  void aTraceThatIsNotSampledIsNotExported() {
    try (var tracer = tracer()) {
      end(tracer, annotated("00-" + TRACE + "-" + PARENT + "-00"));
    }
    assertThat(receiver.requests()).isEmpty();
  }

  @Test
  void anInvalidParentIsReportedAndIgnored() {
    try (var tracer = tracer()) {
      tracer.record(
          annotated(SampleRun.build(), "00-" + TRACE), SampleRun.ACTIVE, SampleRun.pods());
      end(tracer, annotated("00-" + TRACE));
    }
    assertThat(events).extracting(EventDraft::reason).containsExactly("InvalidTraceparent");
    assertThat(spans().getFirst().getParentSpanId().isEmpty()).isTrue();
  }

  @Test
  void errorsHaveTheReasonOfTheFailure() {
    try (var tracer = tracer()) {
      tracer.record(SampleRun.build(SampleRun.ACTIVE), SampleRun.FAILED, SampleRun.pods());
    }
    var root = spans().getFirst();
    assertThat(root.getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_ERROR);
    assertThat(root.getStatus().getMessage()).contains("make failed");
    assertThat(attributes(root)).containsEntry("error.type", "RunFailed");
  }

  @Test
  void aRunThatANewSpecStopsIsExported() {
    var next = SampleRun.status("{observedGeneration: 4, run: 6, phase: Pending}");
    try (var tracer = tracer()) {
      tracer.record(SampleRun.build(SampleRun.ACTIVE), next, SampleRun.pods());
    }
    assertThat(attributes(spans().getFirst()))
        .containsEntry("cicd.pipeline.result", "cancellation");
  }

  @Test
  void theExporterRepeatsWhatACollectorRefusesForNow() {
    receiver.refuseOnce(503);
    try (var tracer = tracer()) {
      end(tracer, SampleRun.build(SampleRun.ACTIVE));
      await().untilAsserted(() -> assertThat(count("exported")).isEqualTo(16));
    }
    assertThat(receiver.requests()).hasSize(1);
  }

  @Test
  void rejectedSpansAreCounted() {
    receiver.refuseOnce(400);
    try (var tracer = tracer()) {
      end(tracer, SampleRun.build(SampleRun.ACTIVE));
    }
    assertThat(count("failed")).isEqualTo(16);
  }

  @Test
  void anUnreachableCollectorStopsNothingAndLosesSpansAboveALimit() throws Exception {
    // Accepts connections, and never answers.
    try (var silent = new ServerSocket(0)) {
      var config =
          TracingConfig.of(
                  Map.of(
                      "OTEL_EXPORTER_OTLP_ENDPOINT", "http://localhost:" + silent.getLocalPort()))
              .orElseThrow();
      var tracer = new OtlpTracing(config).start(registry, this::record, Clock.systemUTC());
      for (var i = 0; i < 300; i++) {
        end(tracer, SampleRun.build(SampleRun.ACTIVE));
      }
      // One is being sent, and 256 wait.
      assertThat(count("dropped")).isBetween(16.0 * 43, 16.0 * 44);
    }
  }

  @Test
  void certificatesThatCannotBeUsedAreErrorsAtTheStart(@TempDir Path folder) throws Exception {
    var file = Files.writeString(folder.resolve("ca.crt"), "no certificate");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> trusting(file).start(registry, this::record, Clock.systemUTC()))
        .withMessageContaining("are not in PEM");
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            trusting(folder.resolve("absent")).start(registry, this::record, Clock.systemUTC()))
        .withMessageContaining("cannot read the certificates");
  }

  private static OtlpTracing trusting(Path file) {
    return new OtlpTracing(
        TracingConfig.of(
                Map.of(
                    "OTEL_EXPORTER_OTLP_ENDPOINT",
                    "https://collector",
                    "OTEL_EXPORTER_OTLP_CERTIFICATE",
                    file.toString()))
            .orElseThrow());
  }

  private RunTracer tracer() {
    return new OtlpTracing(receiver.config(Map.of("X-Tenant", "team-a")))
        .start(registry, this::record, Clock.systemUTC());
  }

  private void record(ImageBuild build, EventDraft event) {
    events.add(event);
  }

  private static void end(RunTracer tracer, ImageBuild build) {
    tracer.record(build, SampleRun.SUCCEEDED, SampleRun.pods());
  }

  private static ImageBuild annotated(String parent) {
    return annotated(SampleRun.build(SampleRun.ACTIVE), parent);
  }

  private static ImageBuild annotated(ImageBuild build, String parent) {
    build.getMetadata().getAnnotations().put(ImageBuild.TRACEPARENT_ANNOTATION, parent);
    return build;
  }

  private double count(String result) {
    return registry.get("stagewright.trace.spans").tag("result", result).counter().count();
  }

  private ResourceSpans resource() {
    return receiver.requests().getFirst().getResourceSpans(0);
  }

  private List<Span> spans() {
    return resource().getScopeSpans(0).getSpansList();
  }

  private static Map<String, String> attributes(Span span) {
    return span.getAttributesList().stream()
        .collect(Collectors.toMap(it -> it.getKey(), it -> it.getValue().getStringValue()));
  }

  private static String hex(ByteString id) {
    return HexFormat.of().formatHex(id.toByteArray());
  }
}
