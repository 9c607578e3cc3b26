package dev.stagewright.registry;

import dev.stagewright.layers.oci.Descriptor;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.layers.oci.Manifest;
import dev.stagewright.registry.call.Caller;
import dev.stagewright.registry.call.Repository;
import dev.stagewright.registry.call.Retry;
import dev.stagewright.registry.error.RegistryException;
import dev.stagewright.registry.http.Content;
import dev.stagewright.registry.push.BlobChecker;
import dev.stagewright.registry.push.BlobMounter;
import dev.stagewright.registry.push.BlobPusher;
import dev.stagewright.registry.push.ManifestPusher;
import dev.stagewright.registry.push.PushCheck;
import dev.stagewright.registry.push.RequestLimit;
import dev.stagewright.registry.push.UploadSession;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * A repository that is pushed to. Blobs go first, in any order and side by side, then what names
 * them. Can be used by several threads.
 */
public final class PushTarget {
  private final Repository repository;
  private final BlobChecker checker;
  private final BlobMounter mounter;
  private final BlobPusher pusher;
  private final ManifestPusher manifests;

  private final Retry retry;

  PushTarget(Repository repository, Caller caller, RequestLimit limit) {
    this.repository = repository;
    this.retry = caller.retry();
    this.checker = new BlobChecker(caller);
    this.mounter = new BlobMounter(caller);
    this.pusher = new BlobPusher(caller, limit);
    this.manifests = new ManifestPusher(caller);
  }

  /**
   * Pushes a whole image: blobs first, a few side by side, then the manifest by its digest, then
   * the tags.
   *
   * @param blobs all that the manifest names; the same one twice is pushed once
   * @param tags names of this repository; none leaves the image without a tag
   * @param listener is told what became of each blob, by several threads
   * @return the manifest's digest
   * @throws RegistryException if the registry refuses something, or cannot be reached
   * @throws IOException if a blob's bytes cannot be read
   */
  public Digest pushImage(
      List<BlobSource> blobs,
      Manifest manifest,
      List<ImageReference> tags,
      BiConsumer<BlobSource, BlobTransfer> listener)
      throws IOException, InterruptedException {
    imagePush(blobs, manifest, listener).push(repository.image(), tags);
    return manifest.descriptor().digest();
  }

  /**
   * Lets tags point to an image that was pushed before, in this order.
   *
   * @param blobs all that the manifest names: a registry that has lost some gets them again
   * @param tags names of this repository
   * @param listener is told what became of blobs that were sent again
   * @throws RegistryException if the registry refuses something, or cannot be reached
   * @throws IOException if a blob's bytes cannot be read
   */
  public void tagImage(
      List<BlobSource> blobs,
      Manifest manifest,
      List<ImageReference> tags,
      BiConsumer<BlobSource, BlobTransfer> listener)
      throws IOException, InterruptedException {
    imagePush(blobs, manifest, listener).tag(tags);
  }

  private ImagePush imagePush(
      List<BlobSource> blobs, Manifest manifest, BiConsumer<BlobSource, BlobTransfer> listener) {
    var distinct = new LinkedHashMap<Digest, BlobSource>();
    blobs.forEach(source -> distinct.putIfAbsent(source.blob().digest(), source));
    return new ImagePush(this, retry, List.copyOf(distinct.values()), manifest, listener);
  }

  /**
   * Brings a blob into the repository in the cheapest way.
   *
   * @param from images that have the blob; those of other registries are not mounted from
   * @param content the blob's bytes, opened only if they have to be sent
   */
  public BlobTransfer ensure(Descriptor blob, List<ImageReference> from, Content content)
      throws RegistryException {
    if (exists(blob.digest())) {
      return BlobTransfer.PRESENT;
    }
    var session = Optional.<UploadSession>empty();
    for (var image : from.stream().filter(this::isNeighbour).toList()) {
      switch (mounter.mount(repository, blob.digest(), image)) {
        case BlobMounter.Result.Mounted _ -> {
          return BlobTransfer.MOUNTED;
        }
        case BlobMounter.Result.Opened(var opened) -> session = Optional.of(opened);
        case BlobMounter.Result.Refused _ -> {}
      }
      if (session.isPresent()) {
        break;
      }
    }
    pusher.push(repository, blob, content, session);
    return BlobTransfer.UPLOADED;
  }

  /**
   * Returns if the repository takes pushes, as far as can be told without one.
   *
   * @throws RegistryException if it does not
   */
  public void check() throws RegistryException {
    new PushCheck(pusher).check(repository);
  }

  /** Whether the repository has the blob. */
  public boolean exists(Digest blob) throws RegistryException {
    return checker.exists(repository, blob);
  }

  private boolean isNeighbour(ImageReference from) {
    return from.registry().equals(repository.image().registry())
        && !from.repository().equals(repository.image().repository());
  }

  /** Sends a blob's bytes. */
  public void push(Descriptor blob, Content content) throws RegistryException {
    pusher.push(repository, blob, content, Optional.empty());
  }

  /**
   * Stores a manifest or an index.
   *
   * @param image this repository with the tag or digest to store it under
   * @return its digest
   * @throws IllegalArgumentException if the image is of another repository
   */
  public Digest pushManifest(ImageReference image, String mediaType, byte[] document)
      throws RegistryException {
    if (!image.name().equals(repository.image().name())) {
      throw new IllegalArgumentException(image + " is not of " + repository.image().name());
    }
    return manifests.push(new Repository(repository.endpoint(), image), mediaType, document);
  }
}
