package dev.stagewright.controller.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stagewright.api.v1alpha1.ImageBuildStatus;
import dev.stagewright.controller.support.Builds;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

class JsonEncoderTest {
  private final List<ILoggingEvent> events = new ArrayList<>();
  private final AppenderBase<ILoggingEvent> appender =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          event.prepareForDeferredProcessing();
          events.add(event);
        }
      };
  private final ch.qos.logback.classic.Logger logger =
      ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger("dev.stagewright.controller");

  @BeforeEach
  void listen() {
    appender.start();
    logger.addAppender(appender);
  }

  @AfterEach
  void stop() {
    logger.detachAppender(appender);
  }

  @Test
  void aLineIsAnObjectWithTheFieldsOfTheBuild() throws Exception {
    MDC.put("resource.name", "hello");
    try (var _ = LogFields.of(Builds.hello())) {
      logger.atWarn().addKeyValue("run", 3).addKeyValue("stage", "s0").log("a \"b\"\n{}", "c");
    } finally {
      MDC.remove("resource.name");
    }

    var line = lines().getFirst();
    assertThat(line.at("/time").asText()).endsWith("Z");
    assertThat(line.at("/level").asText()).isEqualTo("warn");
    assertThat(line.at("/logger").asText()).isEqualTo("dev.stagewright.controller");
    assertThat(line.at("/message").asText()).isEqualTo("a \"b\"\nc");
    assertThat(line.at("/build").asText()).isEqualTo("hello");
    assertThat(line.at("/namespace").asText()).isNotEmpty();
    assertThat(line.at("/run").isNumber()).isTrue();
    assertThat(line.at("/run").asInt()).isEqualTo(3);
    assertThat(line.at("/stage").asText()).isEqualTo("s0");
    assertThat(line.has("resource.name")).isFalse();
  }

  @Test
  void errorsHaveTheirStackTrace() throws Exception {
    logger.error("bad", new IllegalStateException("why"));
    assertThat(lines().getFirst().at("/error").asText())
        .startsWith("java.lang.IllegalStateException: why")
        .contains("JsonEncoderTest");
  }

  @Test
  void fieldsEndWithTheReconciliation() throws Exception {
    LogFields.of(Builds.hello()).close();
    logger.info("later");
    assertThat(lines().getFirst().has("build")).isFalse();
  }

  @Test
  void changesOfRunsAndStagesAreLines() throws Exception {
    var build = Builds.hello();
    StatusLog.log(build, status("phase: Building\nstages: [{id: s0, name: a, phase: Running}]"));
    build.setStatus(status("phase: Building\nstages: [{id: s0, name: a, phase: Running}]"));
    StatusLog.log(
        build,
        status(
            """
            phase: Failed
            failure: {reason: RunFailed, message: m}
            stages: [{id: s0, name: a, phase: Failed, reason: RunFailed}]
            """));

    assertThat(lines())
        .extracting(line -> line.at("/message").asText().replaceFirst(".* run", "run"))
        .containsExactly(
            "run 1: stage s0 (a): Running",
            "run 1: Building",
            "run 1: stage s0 (a): Failed, RunFailed",
            "run 1: Failed, RunFailed");
    assertThat(lines().getFirst().at("/stage").asText()).isEqualTo("s0");
  }

  private static ImageBuildStatus status(String yaml) {
    return new KubernetesSerialization()
        .unmarshal("observedGeneration: 1\n" + yaml, ImageBuildStatus.class);
  }

  private List<JsonNode> lines() throws Exception {
    var encoder = new JsonEncoder();
    encoder.start();
    var lines = new ArrayList<JsonNode>();
    for (var event : events) {
      var text = new String(encoder.encode(event), StandardCharsets.UTF_8);
      assertThat(text.strip()).doesNotContain("\n");
      lines.add(new ObjectMapper().readTree(text));
    }
    return lines;
  }
}
