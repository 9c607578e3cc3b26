package dev.stagewright.worker.publish;

import dev.stagewright.cache.record.ImageRecord;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.protocol.BuildRequest;
import dev.stagewright.protocol.Termination;
import dev.stagewright.worker.ByteCount;
import dev.stagewright.worker.Log;
import dev.stagewright.worker.harbor.HarborPostPush;
import dev.stagewright.worker.registries.DestinationClients;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * The end of publish: stores the image, runs Harbor's post-push steps, and moves the tags.
 *
 * <p>If all references already point to the image, nothing is pushed. Harbor's steps run
 * nevertheless: the requested labels are not a part of the image, and a scan finds vulnerabilities
 * that were not known when the image was pushed.
 *
 * @param output requested output
 * @param clients clients of the destinations
 * @param uploads uploads of blobs
 * @param layers uploads of layers, some of which have started before
 * @param clock the time
 * @param log receives the progress
 */
record ImagePublication(
    BuildRequest.Output output,
    DestinationClients clients,
    BlobUploads uploads,
    LayerUploads layers,
    InstantSource clock,
    Log log) {

  /**
   * Publishes an image.
   *
   * @param published finds out where the names of the image point to
   * @param known record of an image with the same content; empty if there is none, so that the
   *     references need not be looked at
   * @throws dev.stagewright.protocol.BuildFailedException if a registry rejects the image, or
   *     cannot be reached
   */
  Termination run(AssembledImage image, PublishedImage published, Optional<ImageRecord> known)
      throws IOException, InterruptedException {
    var digest = image.digest();
    layers.awaitCheck();
    return known.filter(record -> record.manifest().equals(digest)).isPresent()
            && published.is(digest)
        ? unchanged(image, digest)
        : push(image, published.references(), digest);
  }

  private Termination unchanged(AssembledImage image, Digest digest) throws InterruptedException {
    log.print("unchanged: all tags already point to " + digest);
    var harbor = harbor(digest);
    return harbor.failure().isPresent()
        ? new Termination.Failed(harbor.failure().get(), harbor.scan())
        : new Termination.Pushed(
            digest, image.size(), image.layers().size(), 0, harbor.scan(), Optional.of(true));
  }

  private Termination push(AssembledImage image, List<ImageReference> references, Digest digest)
      throws IOException, InterruptedException {
    layers.complete(image);
    var publisher = new ImagePublisher(uploads, image, references);
    if (uploads.blobs().repositories().size() > 1 || output.harbor().isPresent()) {
      publisher.store();
    }
    var harbor = harbor(digest);
    if (harbor.failure().isPresent()) {
      return new Termination.Failed(harbor.failure().get(), harbor.scan());
    }
    publisher.tag();
    var uploaded = uploads.uploadedBytes().sum();
    log.print("uploaded " + new ByteCount(uploaded));
    return new Termination.Pushed(
        digest, image.size(), image.layers().size(), uploaded, harbor.scan());
  }

  private HarborPostPush.Result harbor(Digest digest) throws InterruptedException {
    return new HarborPostPush(clients, output, clock, log).run(digest);
  }
}
