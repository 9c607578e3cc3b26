package dev.stagewright.controller.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrategicMergeTest {
  private static final KubernetesSerialization YAML = new KubernetesSerialization();

  @ParameterizedTest(name = "{0}: {1} with {2} is {3}")
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          fields merge              ; {a: 1, b: 2}                         ; {b: 3, c: 4}                     ; {a: 1, b: 3, c: 4}
          so do fields inside       ; {spec: {nodeSelector: {a: x}}}       ; {spec: {nodeSelector: {b: y}}}   ; {spec: {nodeSelector: {a: x, b: y}}}
          null removes              ; {a: 1, b: 2}                         ; {b: null}                        ; {a: 1}
          an object is replaced     ; {m: {a: 1}}                          ; {m: {$patch: replace, b: 2}}     ; {m: {b: 2}}
          an object is deleted      ; {m: {a: 1}}                          ; {m: {$patch: delete}}            ; {m: {}}
          elements merge by name    ; {env: [{name: A, value: 1}]}         ; {env: [{name: A, value: 2}]}     ; {env: [{name: A, value: 2}]}
          others are added          ; {env: [{name: A, value: 1}]}         ; {env: [{name: B, value: 2}]}     ; {env: [{name: A, value: 1}, {name: B, value: 2}]}
          mounts merge by path      ; {volumeMounts: [{mountPath: /a, name: x}]} ; {volumeMounts: [{mountPath: /a, readOnly: true}]} ; {volumeMounts: [{mountPath: /a, name: x, readOnly: true}]}
          an element is deleted     ; {env: [{name: A}, {name: B}]}        ; {env: [{name: A, $patch: delete}]} ; {env: [{name: B}]}
          a list is replaced        ; {env: [{name: A}]}                   ; {env: [{$patch: replace}, {name: B}]} ; {env: [{name: B}]}
          lists without key are too ; {tolerations: [{key: a}]}            ; {tolerations: [{key: b}]}        ; {tolerations: [{key: b}]}
          a volume has one source   ; {volumes: [{name: v, emptyDir: {}}]} ; {volumes: [{name: v, configMap: {name: c}}]} ; {volumes: [{name: v, configMap: {name: c}}]}
          """)
  void mergesAsTheApiServerDoes(String rule, String object, String patch, String result) {
    assertThat(StrategicMerge.merge(yaml(object), yaml(patch))).isEqualTo(yaml(result));
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
          {spec: {$retainKeys: [a]}}                        ; spec.$retainKeys is no directive
          {spec: {volumes: [{name: v, $patch: remove}]}}    ; spec.volumes[v].$patch must be merge, replace or delete
          """)
  void saysWhichFieldMakesNoSense(String patch, String message) {
    assertThatThrownBy(() -> StrategicMerge.merge(Map.of(), yaml(patch)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }

  private static Map<?, ?> yaml(String text) {
    return YAML.unmarshal("---\n" + text, Map.class);
  }
}
