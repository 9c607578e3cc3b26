package dev.stagewright.controller.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.controller.podstatus.WaitingCause;
import dev.stagewright.controller.podstatus.WaitingReason;
import dev.stagewright.controller.support.Builds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MissingObjectTest {
  private final MissingObject missing =
      new MissingObject(
          Builds.spec(
              """
              output: {image: "registry.example.com/a:1", credentials: {name: push}}
              source: {configMap: {name: app}}
              cache: {repository: r.example.com/a, credentials: {name: records}, mounts: {claimName: caches}}
              imagePullSecrets: [{name: pull}]
              secrets: [{id: token, secret: {name: api, key: password}}]
              serviceAccountName: builder
              stages:
                - name: test
                  priorityClassName: high
                  runtimeClassName: gvisor
                  volumes: [{mountPath: /m, persistentVolumeClaim: {name: models}}]
              podTemplate:
                spec: {volumes: [{name: extra, configMap: {name: more}}]}
              """));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "MountVolume.SetUp failed for volume \"secrets\" : secret \"api\" not found"
            + "|SecretNotFound|the Secret api does not exist; the build needs its key password"
            + "|spec.secrets[token].secret.name",
        "MountVolume.SetUp failed for volume \"registry-0\" : secret \"pull\" not found"
            + "|SecretNotFound|the Secret pull does not exist|spec.imagePullSecrets[0].name",
        "MountVolume.SetUp failed for volume \"credentials\" : secret \"push\" not found"
            + "|SecretNotFound|the Secret push does not exist|spec.output.credentials.name",
        "MountVolume.SetUp failed for volume \"cache-credentials\" : secret \"records\" not found"
            + "|SecretNotFound|the Secret records does not exist|spec.cache.credentials.name",
        "references non-existent secret key: password"
            + "|SecretNotFound|the Secret api has no key password|add it",
        "MountVolume.SetUp failed for volume \"source\" : configmap \"app\" not found"
            + "|ConfigMapNotFound|the ConfigMap app does not exist|spec.source.configMap.name",
        "MountVolume.SetUp failed for volume \"extra\" : configmap \"more\" not found"
            + "|ConfigMapNotFound|the ConfigMap more does not exist"
            + "|spec.podTemplate.spec.volumes[extra].configMap.name",
        "0/1 nodes are available: persistentvolumeclaim \"caches\" not found."
            + "|ClaimNotFound|the PersistentVolumeClaim caches does not exist|spec.cache.mounts.claimName",
        "0/1 nodes are available: persistentvolumeclaim \"models\" not found."
            + "|ClaimNotFound|the PersistentVolumeClaim models does not exist"
            + "|spec.stages[test].volumes[0].persistentVolumeClaim.name",
        "error looking up service account team/builder: serviceaccount \"builder\" not found"
            + "|ServiceAccountNotFound|the ServiceAccount builder does not exist|spec.serviceAccountName",
        "pods \"x\" is forbidden: no PriorityClass with name high was found"
            + "|PriorityClassNotFound|the PriorityClass high does not exist|spec.stages[test].priorityClassName",
        "pods \"x\" is forbidden: pod rejected: RuntimeClass \"gvisor\" not found"
            + "|RuntimeClassNotFound|the RuntimeClass gvisor does not exist|spec.stages[test].runtimeClassName",
        "couldn't find key a in ConfigMap team/vars|ConfigMapNotFound|the ConfigMap vars has no key a"
            + "|spec.podTemplate",
      })
  void namesObjectAndField(String text, String reason, String object, String field) {
    var explained = missing.explained(new WaitingCause(WaitingReason.of("FailedMount"), text));

    assertThat(explained.reason().name()).isEqualTo(reason);
    assertThat(explained.message()).contains(object, field);
  }

  @Test
  void keepsOtherCauses() {
    var other =
        new WaitingCause(WaitingReason.of("FailedMount"), "timed out waiting for the condition");

    assertThat(missing.explained(other)).isEqualTo(other);
  }
}
