package dev.stagewright.kubectl.debug;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.kubectl.support.TestBuilds;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DebugPodTest {
  private static final Pod ORIGINAL =
      Serialization.unmarshal(
          """
          apiVersion: v1
          kind: Pod
          metadata:
            name: hello-1-s0
            namespace: team
            labels: {stagewright.dev/build-uid: u1, stagewright.dev/part: s0}
            resourceVersion: '7'
          spec:
            nodeName: node-1
            nodeSelector: {disk: ssd}
            hostUsers: false
            activeDeadlineSeconds: 60
            imagePullSecrets: [{name: pull}]
            initContainers: [{name: runtime, image: stagewright}]
            containers:
              - name: main
                image: golang@sha256:1
                command: [java, s0]
                env: [{name: LC_ALL, value: C.UTF-8}]
                securityContext: {runAsUser: 0}
                volumeMounts:
                  - {name: plan, mountPath: /dev/stagewright/inner/private/plan}
                  - {name: workspace, mountPath: /dev/stagewright/inner/private/own}
                  - {name: data, mountPath: /data}
            volumes:
              - {name: plan, configMap: {name: hello-1-plan}}
              - {name: workspace, persistentVolumeClaim: {claimName: hello-1-workspace}}
              - {name: data, persistentVolumeClaim: {claimName: data}}
          status: {phase: Failed}
          """,
          Pod.class);

  private final DebugPod debug =
      new DebugPod(
          TestBuilds.hello("phase: Failed"), ORIGINAL, "hello-1-s0-debug-x", Duration.ofHours(1));

  @Test
  void isUnknownToTheOperatorAndEndsByItself() {
    for (var pod : new Pod[] {debug.withImage("x"), debug.withPlan()}) {
      assertThat(pod.getMetadata().getLabels()).containsOnlyKeys("app.kubernetes.io/managed-by");
      assertThat(pod.getMetadata().getResourceVersion()).isNull();
      assertThat(pod.getMetadata().getOwnerReferences().getFirst().getUid()).isEqualTo("u1");
      assertThat(pod.getSpec().getActiveDeadlineSeconds()).isEqualTo(3600);
      assertThat(pod.getSpec().getNodeName()).isNull();
      assertThat(pod.getSpec().getRestartPolicy()).isEqualTo("Never");
    }
  }

  @Test
  void runsWhereTheStageRanWithItsSettings() {
    var spec = debug.withImage("x").getSpec();

    assertThat(spec.getNodeSelector()).containsEntry("disk", "ssd");
    assertThat(spec.getHostUsers()).isFalse();
    assertThat(spec.getImagePullSecrets()).hasSize(1);
  }

  @Test
  void runsTheImageWithTheVolumesOfTheSpecOnly() {
    var spec = debug.withImage(debug.image()).getSpec();
    var container = spec.getContainers().getFirst();

    assertThat(container.getImage()).isEqualTo("golang@sha256:1");
    assertThat(container.getCommand()).startsWith("/bin/sh", "-c");
    assertThat(container.getEnv()).isEmpty();
    assertThat(spec.getInitContainers()).isEmpty();
    assertThat(container.getVolumeMounts())
        .extracting(VolumeMount::getName)
        .containsExactly("data");
    assertThat(spec.getVolumes()).extracting(Volume::getName).containsExactly("data");
  }

  @Test
  void runsTheStageWithAnotherPlan() {
    var spec = debug.withPlan().getSpec();

    assertThat(spec.getContainers().getFirst().getCommand()).containsExactly("java", "s0");
    assertThat(spec.getVolumes().getFirst().getConfigMap().getName())
        .isEqualTo("hello-1-s0-debug-x");
    assertThat(spec.getInitContainers()).hasSize(1);
    assertThat(debug.plan("{}").getData()).containsEntry("plan.json", "{}");
    assertThat(debug.claims()).containsExactly("hello-1-workspace", "data");
  }
}
