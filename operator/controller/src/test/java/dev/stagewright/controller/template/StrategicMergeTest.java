package dev.stagewright.controller.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class StrategicMergeTest {
  private static final KubernetesSerialization YAML = new KubernetesSerialization();

  /** A case of the table, which an end-to-end test compares with the API server. */
  record Case(
      String rule,
      Map<String, Object> object,
      Map<String, Object> patch,
      Map<String, Object> kubectlPatch,
      Map<String, Object> result) {

    @Override
    public String toString() {
      return rule;
    }
  }

  static List<Case> cases() throws IOException {
    try (var table = StrategicMergeTest.class.getResourceAsStream("strategic-merge.yaml")) {
      return List.of(new YAMLMapper().readValue(table, Case[].class));
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void mergesAsTheApiServerDoes(Case row) {
    assertThat(StrategicMerge.merge(row.object(), row.patch())).isEqualTo(row.result());
  }

  @Test
  void replacesAnElement() {
    var object = yaml("{env: [{name: A, value: x}, {name: B, value: y}]}");
    var patch = yaml("{env: [{name: B, $patch: replace, valueFrom: {}}]}");

    assertThat(StrategicMerge.merge(object, patch))
        .isEqualTo(yaml("{env: [{name: A, value: x}, {name: B, valueFrom: {}}]}"));
  }

  @Test
  void changesNeitherArgument() {
    var object = yaml("{spec: {volumes: [{name: v, emptyDir: {}}]}}");
    var patch = yaml("{spec: {volumes: [{name: v, $patch: delete}], hostname: null}}");
    StrategicMerge.merge(object, patch);

    assertThat(object).isEqualTo(yaml("{spec: {volumes: [{name: v, emptyDir: {}}]}}"));
    assertThat(patch)
        .isEqualTo(yaml("{spec: {volumes: [{name: v, $patch: delete}], hostname: null}}"));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          {spec: {containers: [{image: x}]}}                ; spec.containers[0] has no name
          {spec: {$retainKeys: [a]}}                        ; spec.$retainKeys is not a supported directive; use $patch
          {spec: {volumes: [{name: v, $patch: remove}]}}    ; spec.volumes[v].$patch must be merge, replace or delete
          """)
  void namesTheInvalidField(String patch, String message) {
    assertThatThrownBy(() -> StrategicMerge.merge(Map.of(), yaml(patch)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }

  private static Map<?, ?> yaml(String text) {
    return YAML.unmarshal("---\n" + text, Map.class);
  }
}
