package dev.stagewright.worker.publish;

import dev.stagewright.layers.oci.Digest;
import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.registry.error.RegistryException;
import dev.stagewright.registry.push.BlobSource;
import dev.stagewright.registry.push.BlobTransfer;
import dev.stagewright.worker.Log;
import dev.stagewright.worker.registries.DestinationClients;
import java.util.concurrent.atomic.LongAdder;

/**
 * Brings blobs into the repositories in the cheapest way, and counts what was uploaded.
 * Thread-safe.
 *
 * @param blobs the sources of the blobs
 * @param clients the clients of the destinations
 * @param uploadedBytes the number of bytes that were uploaded
 * @param log receives how each layer came into a repository
 */
record BlobUploads(Blobs blobs, DestinationClients clients, LongAdder uploadedBytes, Log log) {

  /**
   * Brings a layer into every repository that lacks it.
   *
   * @param again whether the layer was there before, which is not worth another line in the log
   * @throws RegistryException if a registry rejects the layer, or cannot be reached
   */
  void ensure(LayerSource layer, boolean again) throws RegistryException {
    for (var repository : blobs.repositories()) {
      var transfer = ensure(blobs.of(layer, repository), repository);
      if (!again || transfer != BlobTransfer.PRESENT) {
        log(layer, transfer);
      }
    }
  }

  /**
   * Brings the config of an image into every repository that lacks it.
   *
   * @throws RegistryException if a registry rejects the config, or cannot be reached
   */
  void ensureConfig(AssembledImage image) throws RegistryException {
    for (var repository : blobs.repositories()) {
      var _ = ensure(blobs.config(image, repository), repository);
    }
  }

  /** Records a blob that the registry had lost, and that was uploaded again. */
  void recordRepair(AssembledImage image, BlobSource source, BlobTransfer transfer) {
    count(source, transfer);
    image.layers().stream()
        .filter(layer -> digest(layer).equals(source.blob().digest()))
        .findFirst()
        .ifPresent(layer -> log(layer, transfer));
  }

  private BlobTransfer ensure(BlobSource source, ImageReference repository)
      throws RegistryException {
    var transfer =
        clients
            .of(repository)
            .pusher(repository)
            .ensure(source.blob(), source.mountableFrom(), source.content());
    count(source, transfer);
    return transfer;
  }

  private void count(BlobSource source, BlobTransfer transfer) {
    uploadedBytes.add(transfer == BlobTransfer.UPLOADED ? source.blob().size() : 0);
  }

  private void log(LayerSource layer, BlobTransfer transfer) {
    log.print(
        layer.description()
            + ": "
            + switch (transfer) {
              case PRESENT -> "already exists";
              case MOUNTED -> "mounted";
              case UPLOADED -> "uploaded";
            });
  }

  private static Digest digest(LayerSource layer) {
    return layer.blob().digest();
  }
}
