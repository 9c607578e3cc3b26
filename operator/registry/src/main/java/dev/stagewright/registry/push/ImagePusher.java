package dev.stagewright.registry.push;

import dev.stagewright.layers.oci.Descriptor;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.layers.oci.Manifest;
import dev.stagewright.layers.oci.MediaTypes;
import dev.stagewright.registry.call.Caller;
import dev.stagewright.registry.call.Repository;
import dev.stagewright.registry.call.Retry;
import dev.stagewright.registry.concurrent.ParallelTasks;
import dev.stagewright.registry.error.ErrorKind;
import dev.stagewright.registry.error.ErrorResponse;
import dev.stagewright.registry.error.RegistryException;
import dev.stagewright.registry.http.Content;
import dev.stagewright.registry.pull.ManifestPuller;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;

/**
 * Pushes images to one repository: first the blobs in parallel, then the manifest by its digest,
 * then the tags. A tag therefore never points to an incomplete image. Thread-safe.
 *
 * <p>A replica of a registry may not see a blob that another replica has just stored, and then
 * rejects the manifest. In this case the blobs are checked and, if necessary, uploaded again.
 */
public final class ImagePusher {
  private static final int PARALLEL_BLOBS = 4;
  private static final byte[] EMPTY_JSON = "{}".getBytes(StandardCharsets.UTF_8);

  private final Repository repository;
  private final BlobChecker checker;
  private final BlobMounter mounter;
  private final UploadRequests uploads;
  private final ManifestPusher manifests;
  private final ManifestPuller puller;
  private final RequestLimit limit;
  private final Retry retry;

  /**
   * Creates a pusher.
   *
   * @param repository the repository to push to
   * @param caller the caller of the registry's API
   * @param limit the limit of the registry's requests, shared by all that push to the registry
   */
  public ImagePusher(Repository repository, Caller caller, RequestLimit limit) {
    this.repository = repository;
    this.retry = caller.retry();
    this.checker = new BlobChecker(caller);
    this.mounter = new BlobMounter(caller);
    this.uploads = new UploadRequests(caller);
    this.manifests = new ManifestPusher(caller);
    this.puller = new ManifestPuller(caller);
    this.limit = limit;
  }

  /**
   * Pushes an image: the blobs, then the manifest by its digest, then the tags.
   *
   * @param blobs all blobs of the manifest; duplicates are pushed once
   * @param tags references with tags of this repository; none leaves the image untagged
   * @param listener receives how each blob came into the repository; called by several threads
   * @return the digest of the manifest
   * @throws RegistryException if the registry rejects a request, or cannot be reached
   * @throws IOException if the bytes of a blob cannot be read
   */
  public Digest pushImage(
      List<BlobSource> blobs,
      Manifest manifest,
      List<ImageReference> tags,
      BiConsumer<BlobSource, BlobTransfer> listener)
      throws IOException, InterruptedException {
    ensureAll(blobs, listener);
    pushManifest(blobs, manifest, listener);
    tagImage(blobs, manifest, tags, listener);
    return manifest.descriptor().digest();
  }

  /**
   * Stores the manifest of an image by its digest, after its blobs were brought into the repository
   * with {@link #ensure}.
   *
   * @param blobs all blobs of the manifest, uploaded again if the registry has lost them
   * @param listener receives the blobs that were uploaded again
   * @throws RegistryException if the registry rejects a request, or cannot be reached
   * @throws IOException if the bytes of a blob cannot be read
   */
  public void pushManifest(
      List<BlobSource> blobs, Manifest manifest, BiConsumer<BlobSource, BlobTransfer> listener)
      throws IOException, InterruptedException {
    var digest = manifest.descriptor().digest();
    pushManifest(repository.image().pinned(digest), blobs, manifest, listener);
  }

  /**
   * Points tags to an image that was pushed before, in this order.
   *
   * @param blobs all blobs of the manifest, uploaded again if the registry has lost them
   * @param tags references with tags of this repository
   * @param listener receives the blobs that were uploaded again
   * @throws RegistryException if the registry rejects a request, or cannot be reached
   * @throws IOException if the bytes of a blob cannot be read
   */
  public void tagImage(
      List<BlobSource> blobs,
      Manifest manifest,
      List<ImageReference> tags,
      BiConsumer<BlobSource, BlobTransfer> listener)
      throws IOException, InterruptedException {
    for (var tag : tags) {
      pushManifest(tag, blobs, manifest, listener);
    }
  }

  private void pushManifest(
      ImageReference name,
      List<BlobSource> blobs,
      Manifest manifest,
      BiConsumer<BlobSource, BlobTransfer> listener)
      throws IOException, InterruptedException {
    var attempts = retry.start();
    for (var repairs = 0; ; repairs++) {
      try {
        var _ = pushManifest(name, manifest.mediaType(), manifest.bytes());
        return;
      } catch (RegistryException e) {
        if (!isBlobUnknown(e)) {
          throw e;
        }
        attempts.failed(unavailable(e));
        if (repairs == 0) {
          ensureAll(blobs, listener);
        } else {
          uploadAgain(blobs, e.response().map(ErrorResponse::blobs).orElse(Set.of()), listener);
        }
      }
    }
  }

  private static boolean isBlobUnknown(RegistryException failure) {
    return failure.hasCode("MANIFEST_BLOB_UNKNOWN") || failure.hasCode("BLOB_UNKNOWN");
  }

  private static RegistryException unavailable(RegistryException failure) {
    return new RegistryException(
        ErrorKind.UNAVAILABLE,
        failure.getMessage()
            + "; the blobs of the image were pushed: replicas of the registry need shared storage,"
            + " and a shared cache or none",
        failure);
  }

  /**
   * Uploads blobs without a check: the registry may report a blob as present although it rejects
   * the manifest for its absence.
   */
  private void uploadAgain(
      List<BlobSource> blobs, Set<Digest> missing, BiConsumer<BlobSource, BlobTransfer> listener)
      throws RegistryException {
    for (var source : distinct(blobs)) {
      if (missing.isEmpty() || missing.contains(source.blob().digest())) {
        push(source.blob(), source.content());
        listener.accept(source, BlobTransfer.UPLOADED);
      }
    }
  }

  private void ensureAll(List<BlobSource> blobs, BiConsumer<BlobSource, BlobTransfer> listener)
      throws IOException, InterruptedException {
    var tasks =
        distinct(blobs).stream()
            .<Callable<BlobTransfer>>map(source ->
                () -> {
                  var transfer = ensure(source.blob(), source.mountableFrom(), source.content());
                  listener.accept(source, transfer);
                  return transfer;
                })
            .toList();
    var _ = new ParallelTasks(PARALLEL_BLOBS).run(tasks);
  }

  private static List<BlobSource> distinct(List<BlobSource> blobs) {
    var digests = new HashSet<Digest>();
    return blobs.stream().filter(source -> digests.add(source.blob().digest())).toList();
  }

  /**
   * Brings a blob into the repository in the cheapest way: not at all if the repository has the
   * blob, else by a mount, else by an upload.
   *
   * @param mountableFrom images that contain the blob; those of other registries are ignored
   * @param content the bytes of the blob, opened only if they have to be uploaded
   */
  public BlobTransfer ensure(Descriptor blob, List<ImageReference> mountableFrom, Content content)
      throws RegistryException {
    if (exists(blob.digest())) {
      return BlobTransfer.PRESENT;
    }
    for (var image : mountableFrom.stream().filter(this::isOtherRepository).toList()) {
      switch (mounter.mount(repository, blob.digest(), image)) {
        case BlobMounter.Result.Mounted _ -> {
          return BlobTransfer.MOUNTED;
        }
        case BlobMounter.Result.Opened(var session) -> {
          upload(blob, content, Optional.of(session));
          return BlobTransfer.UPLOADED;
        }
        case BlobMounter.Result.Rejected _ -> {}
      }
    }
    push(blob, content);
    return BlobTransfer.UPLOADED;
  }

  private boolean isOtherRepository(ImageReference image) {
    return image.registry().equals(repository.image().registry())
        && !image.repository().equals(repository.image().repository());
  }

  /** Whether the repository has the blob. */
  public boolean exists(Digest blob) throws RegistryException {
    return checker.exists(repository, blob);
  }

  /**
   * Uploads a blob; its content may be opened several times.
   *
   * @throws RegistryException if the registry rejects the blob, or cannot be reached
   */
  public void push(Descriptor blob, Content content) throws RegistryException {
    upload(blob, content, Optional.empty());
  }

  private void upload(Descriptor blob, Content content, Optional<UploadSession> session)
      throws RegistryException {
    try (var upload = new BlobUpload(uploads, repository, blob, content, limit, retry.start())) {
      session.ifPresent(upload::resume);
      upload.run();
    } catch (RegistryException e) {
      throw e;
    } catch (IOException e) {
      throw repository.operationInRepository("push blob " + blob.digest() + " to").failed(e);
    }
  }

  /**
   * Stores a manifest or an index.
   *
   * @param image this repository with the tag or the digest of the manifest
   * @return the digest of the manifest
   * @throws IllegalArgumentException if the image is in another repository
   */
  public Digest pushManifest(ImageReference image, String mediaType, byte[] document)
      throws RegistryException {
    if (!image.name().equals(repository.image().name())) {
      throw new IllegalArgumentException(image + " is not in " + repository.image().name());
    }
    return manifests.push(new Repository(repository.endpoint(), image), mediaType, document);
  }

  /**
   * Attaches an artifact to an image of the repository, after its blobs were brought into the
   * repository with {@link #ensure}. At a registry that does not know what is attached to an image,
   * an index lists it, with the tag that the distribution specification defines for this case.
   *
   * @param artifact manifest with the image as its subject
   * @param image digest of the image
   * @throws RegistryException if the registry rejects the artifact, or cannot be reached
   */
  public void attach(Manifest artifact, Digest image) throws RegistryException {
    new ReferrerPusher(repository, manifests, puller).attach(artifact, image);
  }

  /**
   * Checks that the repository accepts pushes, by pushing the empty JSON object that the OCI image
   * specification defines as an empty blob. No other request works with every registry and is
   * subject to all rules of a push: permissions, quotas, and projects that are read-only. An upload
   * that is only started would remain open where the account may not delete it.
   *
   * @throws RegistryException if the repository rejects the blob
   */
  public void check() throws RegistryException {
    var blob = new Descriptor(MediaTypes.EMPTY, Digest.of(EMPTY_JSON), EMPTY_JSON.length);
    push(blob, Content.of(EMPTY_JSON));
  }
}
