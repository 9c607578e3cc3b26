package dev.stagewright.controller.pods;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.api.v1alpha1.StageSettings;
import dev.stagewright.controller.support.Builds;
import java.lang.reflect.RecordComponent;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Stages whose profiles are equal can share a Pod. */
class PodProfileTest {

  @Test
  void theNameAloneMakesNoDifference() {
    assertThat(digest("name: a, nodeSelector: {x: y, z: w}"))
        .isEqualTo(digest("name: b, nodeSelector: {z: w, x: y}"));
  }

  @Test
  void aStageWithATimeoutSharesItWithNoOther() {
    assertThat(digest("name: a, timeout: 5m")).isNotEqualTo(digest("name: b, timeout: 5m"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "resources: {limits: {memory: 1Gi}}",
        "nodeSelector: {x: y}",
        "tolerations: [{key: x}]",
        "affinity: {podAffinity: {}}",
        "runtimeClassName: gvisor",
        "priorityClassName: high",
        "secrets: [{id: npm, secret: {name: n, key: k}}]",
        "networkPolicy: none",
        "volumes: [{mountPath: /x, secret: {name: s}}]",
        "sandbox: inPlace",
        "outOfMemoryRetry: {maxMemory: 1Gi}",
        "podTemplate: {spec: {hostname: x}}"
      })
  void everySettingMakesADifference(String setting) {
    assertThat(digest("name: a, " + setting)).isNotEqualTo(digest("name: a"));
  }

  @Test
  void aProfileHasEverySettingButTheName() {
    assertThat(components(PodProfile.class))
        .filteredOn(name -> !name.equals("stage"))
        .containsExactlyElementsOf(
            components(StageSettings.class).filter(name -> !name.equals("name")).toList());
  }

  private static Stream<String> components(Class<?> type) {
    return Stream.of(type.getRecordComponents()).map(RecordComponent::getName);
  }

  private static String digest(String settings) {
    var spec = Builds.spec("source: {inline: {dockerfile: FROM x}}\nstages: [{" + settings + "}]");
    return PodProfile.of(spec.stages().getFirst()).digest();
  }
}
