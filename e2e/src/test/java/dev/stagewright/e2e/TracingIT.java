package dev.stagewright.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.trace.v1.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An operator exports traces of runs. */
@ExtendWith(StagewrightExtension.class)
class TracingIT {
  private static final Duration TIMEOUT = Duration.ofMinutes(6);
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String PARENT = "b7ad6b7169203331";

  @Test
  void aRunIsOneTraceAlsoIfTheOperatorRestarts(TestNamespace namespace) {
    var environment = namespace.environment();
    try (var collector = TraceCollector.start(environment);
        var operator = environment.operatorWith("")) {
      export(environment, operator, collector);
      var latch = namespace.latch("step");
      var build =
          namespace.build(
              operator,
              "traced",
              Specs.inline("FROM busybox AS tools\nRUN " + latch.command() + "\n", Map.of()));
      latch.awaitArrival();
      kubectl(environment, "rollout", "restart", "-n", operator.namespace(), name(operator));
      awaitRollout(environment, operator);
      latch.release();
      build.awaitSuccess();

      await().atMost(TIMEOUT).until(() -> !collector.traces().isEmpty());
      var trace = collector.traces().getFirst();
      var root = trace.getFirst();
      assertThat(root.getName()).isEqualTo("build traced");
      assertThat(attributes(root))
          .containsEntry("k8s.namespace.name", namespace.name())
          .containsEntry("oci.manifest.digest", build.text("image", "digest"));
      assertThat(trace).extracting(Span::getName).contains("prepare", "stage tools", "publish");
      assertThat(trace)
          .filteredOn(span -> span.getName().equals("run main"))
          .singleElement()
          .satisfies(
              span -> assertThat(attributes(span)).containsEntry("k8s.pod.name", pod(build)));
      assertThat(root.getEndTimeUnixNano()).isEqualTo(nanos(build.text("completionTime")));

      kubectl(
          environment,
          "annotate",
          "imagebuild",
          "traced",
          "-n",
          namespace.name(),
          "stagewright.dev/traceparent=00-" + TRACE + "-" + PARENT + "-01",
          "stagewright.dev/rebuild=1");
      await().atMost(TIMEOUT).until(() -> collector.traces().size() == 2);
      var continued = collector.traces().getLast().getFirst();
      assertThat(hex(continued.getTraceId())).isEqualTo(TRACE);
      assertThat(hex(continued.getParentSpanId())).isEqualTo(PARENT);
    }
  }

  private static String pod(Build build) {
    return build.stages().getFirst().text("pod");
  }

  private static void export(
      Environment environment, Installation operator, TraceCollector collector) {
    kubectl(
        environment,
        "set",
        "env",
        "-n",
        operator.namespace(),
        name(operator),
        "OTEL_EXPORTER_OTLP_ENDPOINT=" + collector.endpoint());
    awaitRollout(environment, operator);
  }

  private static void awaitRollout(Environment environment, Installation operator) {
    kubectl(
        environment,
        "rollout",
        "status",
        "-n",
        operator.namespace(),
        name(operator),
        "--timeout=300s");
  }

  private static String name(Installation operator) {
    return "deployment/stagewright-" + operator.operatorName();
  }

  private static void kubectl(Environment environment, String... arguments) {
    environment
        .tools()
        .output(
            TIMEOUT,
            Stream.concat(Stream.of("kubectl"), Stream.of(arguments)).toArray(String[]::new));
  }

  private static Map<String, String> attributes(Span span) {
    return span.getAttributesList().stream()
        .collect(Collectors.toMap(it -> it.getKey(), it -> it.getValue().getStringValue()));
  }

  private static long nanos(String time) {
    return Instant.parse(time).toEpochMilli() * 1_000_000L;
  }

  private static String hex(ByteString id) {
    return HexFormat.of().formatHex(id.toByteArray());
  }
}
