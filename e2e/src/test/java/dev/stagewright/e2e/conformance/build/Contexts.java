package dev.stagewright.e2e.conformance.build;

import dev.stagewright.e2e.TestNamespace;
import dev.stagewright.e2e.conformance.cases.PreparedCase;
import io.fabric8.kubernetes.api.model.PersistentVolumeBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.nio.file.Path;
import java.util.Map;

/**
 * The prepared cases as a claim of the namespace, on a hostPath volume.
 *
 * @param folder folder of the prepared cases
 */
record Contexts(TestNamespace namespace, Path folder) implements AutoCloseable {
  private static final String CLAIM = "contexts";
  private static final Quantity SIZE = new Quantity("1Gi");

  static Contexts offer(TestNamespace namespace, Path folder) {
    var contexts = new Contexts(namespace, folder);
    namespace
        .client()
        .resource(
            new PersistentVolumeBuilder()
                .withNewMetadata()
                .withName(contexts.volume())
                .endMetadata()
                .withNewSpec()
                .withStorageClassName("")
                .addToCapacity("storage", SIZE)
                .withAccessModes("ReadWriteMany")
                .withPersistentVolumeReclaimPolicy("Retain")
                .withNewHostPath()
                .withPath(folder.toString())
                .endHostPath()
                .endSpec()
                .build())
        .create();
    namespace
        .client()
        .resource(
            new PersistentVolumeClaimBuilder()
                .withNewMetadata()
                .withName(CLAIM)
                .withNamespace(namespace.name())
                .endMetadata()
                .withNewSpec()
                .withStorageClassName("")
                .withVolumeName(contexts.volume())
                .withAccessModes("ReadWriteMany")
                .withNewResources()
                .addToRequests("storage", SIZE)
                .endResources()
                .endSpec()
                .build())
        .create();
    return contexts;
  }

  private String volume() {
    return namespace.name() + "-contexts";
  }

  /** The context of a case as the source of a spec. */
  Map<String, Object> source(PreparedCase prepared) {
    var path = folder.relativize(prepared.context()).toString();
    return Map.of("persistentVolumeClaim", Map.of("claimName", CLAIM, "path", path));
  }

  @Override
  public void close() {
    namespace.client().persistentVolumes().withName(volume()).delete();
  }
}
