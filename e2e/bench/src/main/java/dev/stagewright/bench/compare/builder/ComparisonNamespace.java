package dev.stagewright.bench.compare.builder;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The namespace of the comparison, with the build contexts as a claim on a directory of this
 * machine, and a claim for cache mounts. Is deleted at the end.
 */
public record ComparisonNamespace(KubernetesClient client, String name) implements AutoCloseable {
  static final String CLAIM = "contexts";

  /** The claim for cache mounts, with the default storage class of the cluster. */
  static final String CACHE_CLAIM = "caches";

  private static final Quantity SIZE = new Quantity("1Gi");
  private static final Quantity CACHE_SIZE = new Quantity("4Gi");
  private static final Duration DELETION = Duration.ofMinutes(3);

  /** Creates the namespace; replaces one that an aborted comparison has left. */
  public static ComparisonNamespace create(KubernetesClient client, String name, Path contexts) {
    var namespace = new ComparisonNamespace(client, name);
    namespace.close();
    namespace.objects(contexts).forEach(object -> client.resource(object).create());
    return namespace;
  }

  private List<HasMetadata> objects(Path contexts) {
    return List.of(
        new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build(),
        new PersistentVolumeBuilder()
            .withNewMetadata()
            .withName(volume())
            .endMetadata()
            .withNewSpec()
            .withStorageClassName("")
            .addToCapacity("storage", SIZE)
            .withAccessModes("ReadWriteMany")
            .withPersistentVolumeReclaimPolicy("Retain")
            .withNewHostPath()
            .withPath(contexts.toString())
            .endHostPath()
            .endSpec()
            .build(),
        new PersistentVolumeClaimBuilder()
            .withNewMetadata()
            .withName(CLAIM)
            .withNamespace(name)
            .endMetadata()
            .withNewSpec()
            .withStorageClassName("")
            .withVolumeName(volume())
            .withAccessModes("ReadWriteMany")
            .withNewResources()
            .addToRequests("storage", SIZE)
            .endResources()
            .endSpec()
            .build(),
        new PersistentVolumeClaimBuilder()
            .withNewMetadata()
            .withName(CACHE_CLAIM)
            .withNamespace(name)
            .endMetadata()
            .withNewSpec()
            .withAccessModes("ReadWriteOnce")
            .withNewResources()
            .addToRequests("storage", CACHE_SIZE)
            .endResources()
            .endSpec()
            .build());
  }

  private String volume() {
    return name + "-contexts";
  }

  @Override
  public void close() {
    var namespaces = client.namespaces().withName(name);
    namespaces.delete();
    namespaces.waitUntilCondition(found -> found == null, DELETION.toSeconds(), TimeUnit.SECONDS);
    client.persistentVolumes().withName(volume()).delete();
  }
}
