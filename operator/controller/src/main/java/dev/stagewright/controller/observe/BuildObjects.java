package dev.stagewright.controller.observe;

import dev.stagewright.controller.run.BuildRun;
import dev.stagewright.controller.run.Labels;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import java.util.List;
import java.util.stream.Stream;

/** The objects of all runs of an ImageBuild. */
public record BuildObjects(
    List<Pod> pods,
    List<PersistentVolumeClaim> claims,
    List<ConfigMap> configMaps,
    List<NetworkPolicy> networkPolicies) {

  /** The objects of the ImageBuild with this uid; one with the same name may have been deleted. */
  BuildObjects ofBuild(String uid) {
    return new BuildObjects(
        filter(pods, uid),
        filter(claims, uid),
        filter(configMaps, uid),
        filter(networkPolicies, uid));
  }

  /** The objects of earlier runs. */
  BuildObjects before(long number) {
    return new BuildObjects(
        before(pods, number),
        before(claims, number),
        before(configMaps, number),
        before(networkPolicies, number));
  }

  private static <T extends HasMetadata> List<T> before(List<T> objects, long number) {
    return objects.stream().filter(object -> BuildRun.number(object).orElse(0L) < number).toList();
  }

  private static <T extends HasMetadata> List<T> filter(List<T> objects, String uid) {
    return objects.stream()
        .filter(object -> uid.equals(object.getMetadata().getLabels().get(Labels.BUILD_UID)))
        .toList();
  }

  /** All objects, Pods first: a claim is only deleted after its Pods. */
  public Stream<HasMetadata> all() {
    return Stream.of(pods, claims, configMaps, networkPolicies).flatMap(List::stream);
  }
}
