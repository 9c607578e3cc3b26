package dev.stagewright.worker.cache.store;

import dev.stagewright.cache.record.RecordArtifact;
import dev.stagewright.layers.oci.Descriptor;
import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.registry.RegistryClient;
import dev.stagewright.registry.error.ErrorKind;
import dev.stagewright.registry.error.RegistryException;
import dev.stagewright.registry.http.Content;
import dev.stagewright.registry.push.BlobTransfer;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Writes records, and the blobs that they refer to. A repository that rejects a write for a reason
 * that holds for all writes is not written again in the same build. Thread-safe.
 */
final class RecordPusher {
  private final RegistryClient client;
  private final ImageReference repository;
  private final Problems problems;

  /** Small blobs of records that are in the repository, usually only the empty config. */
  private final Set<Descriptor> present = ConcurrentHashMap.newKeySet();

  private volatile boolean writable;

  /**
   * Creates a pusher.
   *
   * @param writable whether records may be written at all
   */
  RecordPusher(
      RegistryClient client, ImageReference repository, Problems problems, boolean writable) {
    this.client = client;
    this.repository = repository;
    this.problems = problems;
    this.writable = writable;
  }

  boolean isWritable() {
    return writable;
  }

  /** Brings a blob into the repository. */
  BlobTransfer ensure(Descriptor blob, List<ImageReference> mountableFrom, Content content)
      throws IOException {
    return write(() -> client.pusher(repository).ensure(blob, mountableFrom, content));
  }

  /**
   * Writes a record, after the blobs that are not a part of it. If tags are immutable, an older
   * record stays.
   */
  void push(String tag, RecordArtifact artifact) throws IOException {
    push(repository.tagged(tag), artifact);
  }

  /** Writes an image or record with this tag, after the blobs that are not a part of it. */
  void push(ImageReference tag, RecordArtifact artifact) throws IOException {
    try {
      write(() -> pushComplete(tag, artifact));
    } catch (RegistryException e) {
      if (e.kind() != ErrorKind.IMMUTABLE_TAG) {
        throw e;
      }
      problems.report(
          Problems.Kind.IMMUTABLE, "records that exist are not replaced: " + e.getMessage());
    }
  }

  private boolean pushComplete(ImageReference tag, RecordArtifact artifact)
      throws RegistryException {
    ensureContent(artifact);
    try {
      return put(tag, artifact);
    } catch (RegistryException e) {
      if (!e.hasCode("MANIFEST_BLOB_UNKNOWN")) {
        throw e;
      }
      // The registry may have removed the empty config, which no manifest referred to before.
      artifact.content().forEach(blob -> present.remove(blob.descriptor()));
      ensureContent(artifact);
      return put(tag, artifact);
    }
  }

  private boolean put(ImageReference tag, RecordArtifact artifact) throws RegistryException {
    var manifest = artifact.manifest();
    var _ = client.pusher(repository).pushManifest(tag, manifest.mediaType(), manifest.bytes());
    return true;
  }

  private void ensureContent(RecordArtifact artifact) throws RegistryException {
    for (var blob : artifact.content()) {
      if (!present.contains(blob.descriptor())) {
        var _ =
            client
                .pusher(repository)
                .ensure(blob.descriptor(), List.of(), Content.of(blob.bytes()));
        present.add(blob.descriptor());
      }
    }
  }

  /** A request that changes the repository. */
  @FunctionalInterface
  private interface Write<T> {
    T run() throws RegistryException;
  }

  private <T> T write(Write<T> request) throws IOException {
    if (!writable) {
      throw new IOException("the cache cannot be written");
    }
    try {
      return request.run();
    } catch (RegistryException e) {
      if (holdsForAll(e)) {
        writable = false;
        problems.report(Problems.Kind.READ_ONLY, "nothing is recorded any more: " + e.getMessage());
      }
      throw e;
    }
  }

  /** Whether the repository will reject all other writes of this build, too. */
  private static boolean holdsForAll(RegistryException failure) {
    return !failure.isSourceFailure()
        && switch (failure.kind()) {
          case UNAUTHORIZED, DENIED, PROJECT_NOT_FOUND, PROXY_CACHE, QUOTA, READ_ONLY -> true;
          case NOT_FOUND,
              IMMUTABLE_TAG,
              TOO_LARGE,
              RATE_LIMITED,
              UNAVAILABLE,
              INVALID,
              DIGEST_MISMATCH ->
              false;
        };
  }
}
