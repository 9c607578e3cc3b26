package dev.stagewright.kubectl.debug;

import dev.stagewright.api.v1alpha1.ImageBuild;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Copies of the Pod of a stage that wait for a shell. They have none of the labels by which the
 * operator knows its Pods, end by themselves, and belong to the ImageBuild.
 *
 * @param build the ImageBuild
 * @param original the Pod of the stage
 * @param name name of the copy
 * @param timeout when the copy ends at the latest
 */
public record DebugPod(ImageBuild build, Pod original, String name, Duration timeout) {
  static final String CONTAINER = "main";

  /** The mounts of the stage runtime. */
  private static final String OWN_MOUNTS = "/dev/stagewright";

  private static final String PLAN = "plan.json";

  /**
   * A Pod that runs only the image of the stage, and the volumes of the spec.
   *
   * @param image another image to run
   */
  public Pod withImage(String image) {
    var volumes =
        container().getVolumeMounts().stream()
            .filter(mount -> !mount.getMountPath().startsWith(OWN_MOUNTS))
            .toList();
    var names = volumes.stream().map(VolumeMount::getName).collect(Collectors.toSet());
    return copy()
        .editSpec()
        .withInitContainers(List.of())
        .withVolumes(
            original.getSpec().getVolumes().stream()
                .filter(volume -> names.contains(volume.getName()))
                .toList())
        .editMatchingContainer(it -> it.getName().equals(CONTAINER))
        .withImage(image)
        .withCommand("/bin/sh", "-c", "trap 'exit 0' TERM; while :; do sleep 1; done")
        .withArgs(List.of())
        .withEnv(List.of())
        .withVolumeMounts(volumes)
        .endContainer()
        .endSpec()
        .build();
  }

  /** The image that the Pod of the stage runs. */
  public String image() {
    return container().getImage();
  }

  /** A Pod that runs the stage with the plan of {@link #plan}. */
  public Pod withPlan() {
    return copy()
        .editSpec()
        .withVolumes(original.getSpec().getVolumes().stream().map(this::replacePlan).toList())
        .endSpec()
        .build();
  }

  /** The ConfigMap of a plan, with the name of the Pod. */
  public ConfigMap plan(String json) {
    return new ConfigMapBuilder().withMetadata(metadata()).withData(Map.of(PLAN, json)).build();
  }

  /** The claim of the workspace; empty if the Pod has none. */
  public List<String> claims() {
    return original.getSpec().getVolumes().stream()
        .filter(volume -> volume.getPersistentVolumeClaim() != null)
        .map(volume -> volume.getPersistentVolumeClaim().getClaimName())
        .distinct()
        .toList();
  }

  /** The ConfigMap that contains the plan. */
  public List<String> planConfigMaps() {
    return original.getSpec().getVolumes().stream()
        .filter(DebugPod::isPlan)
        .map(volume -> volume.getConfigMap().getName())
        .toList();
  }

  private Volume replacePlan(Volume volume) {
    return isPlan(volume)
        ? volume.edit().editConfigMap().withName(name).endConfigMap().build()
        : volume;
  }

  private static boolean isPlan(Volume volume) {
    return volume.getName().equals("plan") && volume.getConfigMap() != null;
  }

  private PodBuilder copy() {
    return new PodBuilder(original)
        .withMetadata(metadata())
        .withStatus(null)
        .editSpec()
        .withNodeName(null)
        .withRestartPolicy("Never")
        .withTerminationGracePeriodSeconds(0L)
        .withActiveDeadlineSeconds(timeout.toSeconds())
        .withTopologySpreadConstraints(List.of())
        .withSchedulingGates(List.of())
        .endSpec();
  }

  private ObjectMeta metadata() {
    return new ObjectMetaBuilder()
        .withName(name)
        .withNamespace(original.getMetadata().getNamespace())
        .withLabels(Map.of("app.kubernetes.io/managed-by", "stagewright-debug"))
        .withOwnerReferences(
            new OwnerReferenceBuilder()
                .withApiVersion(ImageBuild.GROUP + "/" + ImageBuild.VERSION)
                .withKind(ImageBuild.KIND)
                .withName(build.getMetadata().getName())
                .withUid(build.getMetadata().getUid())
                .build())
        .build();
  }

  private Container container() {
    return original.getSpec().getContainers().stream()
        .filter(it -> it.getName().equals(CONTAINER))
        .findFirst()
        .orElseThrow();
  }
}
