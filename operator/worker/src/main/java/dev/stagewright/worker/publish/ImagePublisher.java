package dev.stagewright.worker.publish;

import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.registry.error.RegistryException;
import dev.stagewright.registry.push.BlobSource;
import dev.stagewright.registry.push.BlobTransfer;
import dev.stagewright.worker.ByteCount;
import dev.stagewright.worker.Log;
import dev.stagewright.worker.registries.DestinationClients;
import dev.stagewright.worker.registries.RegistryFailures;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Publishes an image whose blobs are in all its repositories, in two steps: stores the manifest in
 * all of them, then points the tags to it. No tag moves if any repository fails before.
 */
final class ImagePublisher {
  private final BlobUploads uploads;
  private final AssembledImage image;
  private final List<ImageReference> references;
  private final List<ImageReference> stored = new ArrayList<>();
  private final List<ImageReference> tagged = new ArrayList<>();

  /**
   * Creates a publisher of one image.
   *
   * @param references all names of the image, those of the first destination first
   */
  ImagePublisher(BlobUploads uploads, AssembledImage image, List<ImageReference> references) {
    this.uploads = uploads;
    this.image = image;
    this.references = List.copyOf(references);
  }

  /**
   * Stores the manifest by its digest in every repository.
   *
   * @throws BuildFailedException if a registry rejects the image, or cannot be reached; the message
   *     lists the repositories that have the image
   */
  void store() throws IOException, InterruptedException {
    for (var repository : blobs().repositories()) {
      try {
        clients()
            .of(repository)
            .pusher(repository)
            .pushManifest(blobs().of(image, repository), image.manifest(), this::recordRepair);
      } catch (RegistryException e) {
        throw failure(e);
      }
      stored.add(repository.pinned(image.manifest().descriptor().digest()));
    }
  }

  /**
   * Points all tags to the image, after {@link #store}.
   *
   * @throws BuildFailedException if a registry rejects a tag, or cannot be reached; the message
   *     lists the tags that point to the image
   */
  void tag() throws IOException, InterruptedException {
    for (var name : references) {
      try {
        clients()
            .of(name)
            .pusher(name)
            .tagImage(blobs().of(image, name), image.manifest(), List.of(name), this::recordRepair);
      } catch (RegistryException e) {
        throw failure(e);
      }
      tagged.add(name);
      log()
          .print(
              "pushed "
                  + name
                  + "@"
                  + image.manifest().descriptor().digest()
                  + " ("
                  + new ByteCount(image.size())
                  + ")");
    }
  }

  private void recordRepair(BlobSource source, BlobTransfer transfer) {
    uploads.recordRepair(image, source, transfer);
  }

  private Blobs blobs() {
    return uploads.blobs();
  }

  private DestinationClients clients() {
    return uploads.clients();
  }

  private Log log() {
    return uploads.log();
  }

  private BuildFailedException failure(RegistryException cause) {
    var message = new StringBuilder(String.valueOf(cause.getMessage()));
    if (!tagged.isEmpty()) {
      message.append("; already pushed: ").append(list(tagged));
    } else if (!stored.isEmpty()) {
      message
          .append("; no tag was moved, but the image was uploaded without a tag to ")
          .append(list(stored));
    }
    return RegistryFailures.ofPush(cause, message.toString());
  }

  private static String list(List<ImageReference> images) {
    return images.stream().map(ImageReference::toString).collect(Collectors.joining(", "));
  }
}
