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

/** All objects that carry an ImageBuild's uid, of whatever run. */
public record BuildObjects(
    List<Pod> pods,
    List<PersistentVolumeClaim> claims,
    List<ConfigMap> configMaps,
    List<NetworkPolicy> networkPolicies) {

  /** Those of this ImageBuild, and not of a namesake that is on its way out. */
  BuildObjects ofBuild(String uid) {
    return new BuildObjects(
        filter(pods, uid),
        filter(claims, uid),
        filter(configMaps, uid),
        filter(networkPolicies, uid));
  }

  /** Those of generations before this one. */
  BuildObjects before(long generation) {
    return new BuildObjects(
        before(pods, generation),
        before(claims, generation),
        before(configMaps, generation),
        before(networkPolicies, generation));
  }

  private static <T extends HasMetadata> List<T> before(List<T> objects, long generation) {
    return objects.stream()
        .filter(object -> BuildRun.generation(object).orElse(0L) < generation)
        .toList();
  }

  private static <T extends HasMetadata> List<T> filter(List<T> objects, String uid) {
    return objects.stream()
        .filter(object -> uid.equals(object.getMetadata().getLabels().get(Labels.BUILD_UID)))
        .toList();
  }

  /** Every object, Pods first: a claim goes only when its Pods are gone. */
  public Stream<HasMetadata> all() {
    return Stream.of(pods, claims, configMaps, networkPolicies).flatMap(List::stream);
  }
}
