package dev.stagewright.controller.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.api.v1alpha1.ImageBuild;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceParentTest {
  private static final String VALID = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  @Test
  void readsTheHeader() {
    var parent = TraceParent.parse(VALID).orElseThrow();
    assertThat(parent.getTraceId()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
    assertThat(parent.getSpanId()).isEqualTo("b7ad6b7169203331");
    assertThat(parent.isSampled()).isTrue();
    assertThat(parent.isRemote()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "abc",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
        "00-00000000000000000000000000000000-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
        "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more",
      })
  void refusesWhatTheSpecificationRefuses(String value) {
    assertThat(TraceParent.parse(value)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"Spec, true", "Rebuild, true", "Schedule, false", "Artifact, false"})
  void belongsToTheRunsThatSomebodyStarted(String trigger, boolean applies) {
    var status =
        SampleRun.status(
            "{observedGeneration: 1, phase: Succeeded, trigger: {type: %s, message: m}}"
                .formatted(trigger));
    var build = SampleRun.build(status);
    build.getMetadata().getAnnotations().put(ImageBuild.TRACEPARENT_ANNOTATION, VALID);
    assertThat(TraceParent.of(build, status).isPresent()).isEqualTo(applies);
  }
}
