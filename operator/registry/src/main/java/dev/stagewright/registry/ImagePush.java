package dev.stagewright.registry;

import dev.stagewright.layers.oci.Digest;
import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.layers.oci.Manifest;
import dev.stagewright.registry.call.Retry;
import dev.stagewright.registry.error.ErrorKind;
import dev.stagewright.registry.error.ErrorResponse;
import dev.stagewright.registry.error.RegistryException;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Pushes a whole image: its blobs side by side, its manifest by digest, then its tags. So a tag
 * never names an image that is not all there, whatever happens on the way.
 *
 * <p>A replica of a registry may not see a blob that another has just stored. It refuses the
 * manifest then, and the blobs are looked for, and if need be sent, again.
 */
final class ImagePush {
  private static final int AT_ONCE = 4;

  private final PushTarget target;
  private final Retry retry;
  private final List<BlobSource> blobs;
  private final Manifest manifest;
  private final BiConsumer<BlobSource, BlobTransfer> listener;

  ImagePush(
      PushTarget target,
      Retry retry,
      List<BlobSource> blobs,
      Manifest manifest,
      BiConsumer<BlobSource, BlobTransfer> listener) {
    this.target = target;
    this.retry = retry;
    this.blobs = blobs;
    this.manifest = manifest;
    this.listener = listener;
  }

  void push(ImageReference repository, List<ImageReference> tags)
      throws IOException, InterruptedException {
    ensure(blobs);
    put(repository.pinned(manifest.descriptor().digest()));
    tag(tags);
  }

  void tag(List<ImageReference> tags) throws IOException, InterruptedException {
    for (var tag : tags) {
      put(tag);
    }
  }

  private void ensure(List<BlobSource> wanted) throws IOException, InterruptedException {
    ParallelTasks.run(
        AT_ONCE,
        wanted,
        source ->
            listener.accept(source, target.ensure(source.blob(), source.from(), source.content())));
  }

  private void put(ImageReference name) throws IOException, InterruptedException {
    var tries = retry.start();
    for (var round = 0; ; round++) {
      try {
        var _ = target.pushManifest(name, manifest.mediaType(), manifest.bytes());
        return;
      } catch (RegistryException e) {
        if (!isForMissingBlobs(e)) {
          throw e;
        }
        tries.failed(unavailable(e));
        repair(round, e.answer().map(ErrorResponse::blobs).orElse(Set.of()));
      }
    }
  }

  private static boolean isForMissingBlobs(RegistryException failure) {
    return failure.hasCode("MANIFEST_BLOB_UNKNOWN") || failure.hasCode("BLOB_UNKNOWN");
  }

  private static RegistryException unavailable(RegistryException failure) {
    return new RegistryException(
        ErrorKind.UNAVAILABLE,
        failure.getMessage()
            + "; its blobs were pushed: replicas of the registry need shared storage, and a shared"
            + " cache or none",
        failure);
  }

  /** Looks for all of them first; a registry that has what it misses gets it again. */
  private void repair(int round, Set<Digest> missing) throws IOException, InterruptedException {
    if (round == 0) {
      ensure(blobs);
      return;
    }
    for (var source : blobs) {
      if (missing.isEmpty() || missing.contains(source.blob().digest())) {
        target.push(source.blob(), source.content());
        listener.accept(source, BlobTransfer.UPLOADED);
      }
    }
  }
}
