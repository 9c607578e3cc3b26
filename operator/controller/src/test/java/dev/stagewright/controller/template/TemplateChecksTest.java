package dev.stagewright.controller.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.controller.support.Builds;
import dev.stagewright.protocol.Failure;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateChecksTest {
  private static final PodPolicy STRICT =
      new PodPolicy(
          List.of(FieldPath.parse("spec.tolerations")),
          Set.of("builder"),
          Set.of(),
          Set.of("gvisor"),
          Map.of("memory", new Quantity("4Gi")));

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          {spec: {hostNetwrk: true}}                       ; spec.podTemplate.spec.hostNetwrk is not a field of a Pod
          {spec: {containers: [{name: main, img: x}]}}     ; spec.podTemplate.spec.containers[main].img is not a field of a Pod
          {spec: {tolerations: {a: b}}}                    ; spec.podTemplate.spec.tolerations has a value that the field of a Pod cannot have
          {spec: {volumes: [{emptyDir: {}}]}}              ; spec.podTemplate: spec.volumes[0] has no name
          {spec: {restartPolicy: Always}}                  ; spec.podTemplate.spec.restartPolicy is reserved for Stagewright
          {spec: {automountServiceAccountToken: null}}     ; spec.podTemplate.spec.automountServiceAccountToken is reserved for Stagewright
          {spec: {$patch: replace}}                        ; spec.podTemplate.spec is reserved for Stagewright
          {metadata: {labels: {stagewright.dev/part: x}}}  ; spec.podTemplate.metadata.labels[stagewright.dev/part] is reserved for Stagewright
          {metadata: {labels: null}}                       ; spec.podTemplate.metadata.labels is reserved for Stagewright
          {metadata: {name: x}}                            ; spec.podTemplate.metadata.name is reserved for Stagewright
          {spec: {containers: [{name: main, command: [x]}]}} ; spec.podTemplate.spec.containers[main].command[0] is reserved for Stagewright
          {spec: {containers: [{name: main, securityContext: {runAsUser: 1}}]}} ; spec.podTemplate.spec.containers[main].securityContext.runAsUser is reserved for Stagewright
          {spec: {containers: [{name: main, env: [{name: LD_PRELOAD, value: x}]}]}} ; spec.podTemplate.spec.containers[main].env[LD_PRELOAD].name is reserved for Stagewright
          {spec: {containers: [{name: other, image: x}]}}  ; spec.podTemplate.spec.containers[other].name is reserved for Stagewright
          {spec: {containers: [{$patch: replace}]}}        ; spec.podTemplate.spec.containers is reserved for Stagewright
          {spec: {volumes: [{name: workspace, $patch: delete}]}} ; spec.podTemplate.spec.volumes[workspace].name is reserved for Stagewright
          {spec: {containers: [{name: main, volumeMounts: [{name: x, mountPath: /dev/stagewright/inner/private/own}]}]}} ; spec.podTemplate.spec.containers[main].volumeMounts[/dev/stagewright/inner/private/own].name is reserved for Stagewright
          """)
  void anInvalidTemplateIsAnInvalidRequest(String template, String message) {
    var failure = failure("podTemplate: " + template, PodPolicy.DEFAULT);

    assertThat(failure.reason().name()).isEqualTo("InvalidRequest");
    assertThat(failure.message()).startsWith(message);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          podTemplate: {spec: {hostNetwork: true}}     ; spec.podTemplate.spec.hostNetwork is forbidden by the operator's podPolicy.forbiddenFields: spec.hostNetwork
          podTemplate: {spec: {volumes: [{name: x, hostPath: {path: /}}]}} ; spec.podTemplate.spec.volumes[x].hostPath.path is forbidden by the operator's podPolicy.forbiddenFields: spec.volumes[*].hostPath
          podTemplate: {spec: {initContainers: [{name: x, securityContext: {privileged: true}}]}} ; spec.podTemplate.spec.initContainers[x].securityContext.privileged is forbidden by the operator's podPolicy.forbiddenFields: spec.initContainers[*].securityContext.privileged
          podTemplate: {spec: {volumes: [{name: x, projected: {sources: [{serviceAccountToken: {path: t}}]}}]}} ; spec.podTemplate.spec.volumes[x].projected.sources[0].serviceAccountToken.path is forbidden by the operator's podPolicy.forbiddenFields: spec.volumes[*].projected.sources[*].serviceAccountToken
          """)
  void accessToTheNodeIsForbiddenByDefault(String spec, String message) {
    var failure = failure(spec, PodPolicy.DEFAULT);

    assertThat(failure.reason().name()).isEqualTo("Forbidden");
    assertThat(failure.message()).isEqualTo(message);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          stages: [{name: b, tolerations: [{key: x}]}]      ; spec.stages[b].tolerations[0].key is forbidden by the operator's podPolicy.forbiddenFields: spec.tolerations
          serviceAccountName: root                          ; spec.serviceAccountName is root, but the operator's podPolicy.serviceAccounts allows only builder
          stages: [{name: b, priorityClassName: high}]      ; spec.stages[b].priorityClassName is high, but the operator's podPolicy.priorityClasses allows none
          stages: [{name: b, runtimeClassName: runc}]       ; spec.stages[b].runtimeClassName is runc, but the operator's podPolicy.runtimeClasses allows only gvisor
          stages: [{name: b, resources: {limits: {memory: 8Gi}}}] ; spec.stages[b].resources.limits.memory is 8Gi, but the operator's podPolicy.maxResources allows at most 4Gi
          """)
  void violationsOfThePolicyNameFieldAndRule(String spec, String message) {
    assertThat(failure(spec, STRICT).message()).isEqualTo(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          serviceAccountName: builder
          stages: [{name: b, runtimeClassName: gvisor, resources: {limits: {memory: 4Gi}, requests: {cpu: 64}}}]
          podTemplate: {metadata: {labels: {team: a}}, spec: {containers: [{name: main, resources: {limits: {memory: 1Gi}}}]}}
          stages: [{name: b, affinity: {podAntiAffinity: {preferredDuringSchedulingIgnoredDuringExecution: []}}}]
          """)
  void otherFieldsAreAllowed(String spec) {
    assertThat(problem(spec, STRICT)).isEmpty();
  }

  @Test
  void invalidAffinityNamesItsField() {
    var spec = "stages: [{name: b, affinity: {nodeAffinity: {required: []}}}]";

    assertThat(failure(spec, PodPolicy.DEFAULT).message())
        .isEqualTo("spec.stages[b].affinity.nodeAffinity.required is not a field of a Pod");
  }

  private static Failure failure(String spec, PodPolicy policy) {
    return problem(spec, policy).orElseThrow();
  }

  private static Optional<Failure> problem(String spec, PodPolicy policy) {
    var build = Builds.spec("source: {inline: {dockerfile: FROM busybox}}\n" + spec);
    return new TemplateChecks(build, policy).problem();
  }
}
