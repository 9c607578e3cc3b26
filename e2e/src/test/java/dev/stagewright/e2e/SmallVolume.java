package dev.stagewright.e2e;

import io.fabric8.kubernetes.api.model.PersistentVolumeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** A volume with a hard size limit: a tmpfs of the machine. */
record SmallVolume(Environment environment, String storageClass, Path folder)
    implements AutoCloseable {
  private static final Duration QUICK = Duration.ofMinutes(1);
  private static final Shell MACHINE = new Shell(Map.of());

  /** Creates a volume for claims of this storage class, which does not have to exist. */
  static SmallVolume create(Environment environment, String storageClass, int mebibytes)
      throws IOException {
    var folder = Files.createTempDirectory("small-volume-");
    var size = mebibytes + "Mi";
    MACHINE.output(
        QUICK, "mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m", "tmpfs", folder.toString());
    environment
        .client()
        .resource(
            new PersistentVolumeBuilder()
                .withNewMetadata()
                .withName(storageClass)
                .endMetadata()
                .withNewSpec()
                .withStorageClassName(storageClass)
                .withAccessModes("ReadWriteOnce")
                .withPersistentVolumeReclaimPolicy("Retain")
                .addToCapacity("storage", new Quantity(size))
                .withNewHostPath(folder.toString(), "Directory")
                .endSpec()
                .build())
        .create();
    return new SmallVolume(environment, storageClass, folder);
  }

  /** Whether a claim is or was bound to the volume. */
  boolean isBound() {
    var volume = environment.client().persistentVolumes().withName(storageClass).require();
    return volume.getSpec().getClaimRef() != null;
  }

  @Override
  public void close() throws IOException {
    environment.client().persistentVolumes().withName(storageClass).delete();
    // Pods that have just ended may still have the volume mounted; their mount is removed with
    // them.
    MACHINE.output(QUICK, "umount", "--lazy", folder.toString());
    Files.delete(folder);
  }
}
