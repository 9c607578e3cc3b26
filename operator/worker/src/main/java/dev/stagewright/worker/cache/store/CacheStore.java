package dev.stagewright.worker.cache.store;

import dev.stagewright.cache.key.CacheKey;
import dev.stagewright.cache.record.ContentRecord;
import dev.stagewright.cache.record.FilesRecord;
import dev.stagewright.cache.record.ImageRecord;
import dev.stagewright.cache.record.LatestRecord;
import dev.stagewright.cache.record.RecordKind;
import dev.stagewright.cache.record.StepRecord;
import dev.stagewright.layers.oci.Descriptor;
import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.layers.oci.Manifest;
import dev.stagewright.registry.http.Content;
import dev.stagewright.registry.push.BlobTransfer;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The records and blobs of the cache. A record that is missing, malformed, too old, or of another
 * version does not exist, and neither does any record of a repository that cannot be read; the log
 * says why, once. Thread-safe.
 */
public interface CacheStore extends AutoCloseable {
  /** The repository, to mount blobs from. */
  ImageReference repository();

  /** The result of a step. */
  Optional<StepRecord> step(CacheKey key) throws InterruptedException;

  /** The files that other stages copy from a stage. */
  Optional<FilesRecord> files(CacheKey key) throws InterruptedException;

  /** An image that was pushed. */
  Optional<ImageRecord> image(CacheKey key) throws InterruptedException;

  /** The keys of the latest build of a Dockerfile. */
  Optional<LatestRecord> latest(CacheKey key) throws InterruptedException;

  /** The content of a record of this kind. */
  Optional<byte[]> content(RecordKind kind, CacheKey key) throws InterruptedException;

  /** The manifest of the prefix image for the steps up to the one with this key. */
  Optional<byte[]> prefixImage(CacheKey key) throws InterruptedException;

  /**
   * Opens a blob of the repository; it is verified while it is read.
   *
   * @throws IOException if it is missing, or differs from its digest
   */
  InputStream open(Descriptor blob) throws IOException;

  /** Whether the repository has the blob. */
  boolean exists(Descriptor blob) throws IOException;

  /**
   * Whether records can be written: they are not wanted if the cache is read-only, and the
   * repository may have rejected one.
   */
  boolean isWritable();

  /** What prevented records from being read or written, as sentences for users. */
  List<String> problems();

  /**
   * Brings a blob into the repository.
   *
   * @param mountableFrom images that may contain it
   */
  BlobTransfer ensure(Descriptor blob, List<ImageReference> mountableFrom, Content content)
      throws IOException;

  /** Records the result of a step, after its layers were brought into the repository. */
  void put(CacheKey key, StepRecord record) throws IOException;

  /** Records the files of a stage, after their archive was brought into the repository. */
  void put(CacheKey key, FilesRecord record) throws IOException;

  /** Records an image. */
  void put(CacheKey key, ImageRecord record) throws IOException;

  /** Records the keys of a build. */
  void put(CacheKey key, LatestRecord record) throws IOException;

  /** Records content that only saves work. */
  void put(RecordKind kind, CacheKey key, ContentRecord record) throws IOException;

  /**
   * Notes now that the record of a step, and so the prefix image of its key, is used: not only at
   * the end, since other builds delete what was not used for a long time. Failures do not matter.
   *
   * @return false if the time of the last use is not old enough for it, or cannot be written
   */
  boolean markUsed(CacheKey step) throws InterruptedException;

  /**
   * Notes that the records that this build has found were used, and deletes records that are older
   * than the request allows and were not used since. Failures do not matter.
   *
   * @param limit longest time for it
   */
  void maintain(Duration limit) throws InterruptedException;

  /** Stores a prefix image, after its layers were brought into the repository. */
  void putPrefixImage(CacheKey key, Manifest manifest, byte[] config) throws IOException;

  @Override
  void close();
}
