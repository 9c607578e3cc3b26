package dev.stagewright.worker.cache.store;

import dev.stagewright.cache.key.CacheKey;
import dev.stagewright.cache.record.LatestRecord;
import dev.stagewright.cache.record.ReadRecord;
import dev.stagewright.cache.record.RecordKind;
import dev.stagewright.cache.record.RecordReader;
import dev.stagewright.layers.oci.Descriptor;
import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.registry.RegistryClient;
import dev.stagewright.registry.error.RegistryException;
import dev.stagewright.registry.pull.FetchedManifest;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Reads records. A registry that rejects the account, or that does not answer, is not asked again
 * in the same build. Thread-safe.
 */
final class RecordPuller {
  private final RegistryClient client;
  private final ImageReference repository;
  private final Problems problems;
  private final UsedRecords used;
  private volatile boolean readable = true;

  /**
   * Creates a puller.
   *
   * @param client gives up soon
   * @param used receives the records that were found
   */
  RecordPuller(
      RegistryClient client, ImageReference repository, Problems problems, UsedRecords used) {
    this.client = client;
    this.repository = repository;
    this.problems = problems;
    this.used = used;
  }

  /**
   * Reads a record whose JSON is in its manifest; empty if there is no valid one.
   *
   * @param condition whether a valid record is used
   */
  <T> Optional<T> pull(
      RecordKind kind, CacheKey key, Function<byte[], ReadRecord<T>> reader, Predicate<T> condition)
      throws InterruptedException {
    var manifest = pull(repository.tagged(kind.tag(key)));
    var record = manifest.flatMap(bytes -> valid(kind, key, reader.apply(bytes))).filter(condition);
    if (record.isPresent()) {
      used.add(kind.tag(key), manifest.orElseThrow());
    }
    return record;
  }

  /** Reads a {@link LatestRecord}, whose JSON is a blob; empty if there is no valid one. */
  Optional<LatestRecord> pullLatest(CacheKey key) throws InterruptedException {
    var kind = RecordKind.LATEST;
    var blob = pull(kind, key, RecordReader::latestBlob, _ -> true);
    if (blob.isEmpty()) {
      return Optional.empty();
    }
    var bytes = bytes(kind, key, blob.get());
    return bytes.flatMap(json -> valid(kind, key, RecordReader.latest(json)));
  }

  /** Reads a record whose content is a blob; empty if there is no valid one. */
  Optional<byte[]> pullContent(RecordKind kind, CacheKey key) throws InterruptedException {
    var blob = pull(kind, key, manifest -> RecordReader.contentBlob(kind, manifest), _ -> true);
    if (blob.isEmpty()) {
      return Optional.empty();
    }
    var bytes = bytes(kind, key, blob.get());
    return bytes.flatMap(packed -> valid(kind, key, RecordReader.content(packed)));
  }

  /** Reads a manifest; empty if there is none, or if it cannot be read. */
  Optional<byte[]> pull(ImageReference tag) throws InterruptedException {
    if (!readable) {
      return Optional.empty();
    }
    try {
      return client.manifest(tag).map(FetchedManifest::bytes);
    } catch (RegistryException e) {
      failed(tag, e);
      return Optional.empty();
    }
  }

  private Optional<byte[]> bytes(RecordKind kind, CacheKey key, Descriptor blob)
      throws InterruptedException {
    try (var content = client.blob(repository, blob)) {
      return Optional.of(content.readAllBytes());
    } catch (RegistryException e) {
      failed(repository.tagged(kind.tag(key)), e);
    } catch (IOException e) {
      invalid(repository.tagged(kind.tag(key)), "cannot be read: " + e.getMessage());
    }
    return Optional.empty();
  }

  private <T> Optional<T> valid(RecordKind kind, CacheKey key, ReadRecord<T> read) {
    if (read instanceof ReadRecord.Invalid<T>(var reason)) {
      invalid(repository.tagged(kind.tag(key)), reason);
    }
    return read.value();
  }

  private void failed(ImageReference tag, RegistryException failure) throws InterruptedException {
    if (Thread.interrupted()) {
      throw (InterruptedException) new InterruptedException().initCause(failure);
    }
    if (failure.kind().isAccessDenied() || failure.kind().isTransient()) {
      readable = false;
      problems.report(
          Problems.Kind.UNREADABLE, "nothing is looked up any more: " + failure.getMessage());
    } else {
      invalid(tag, "cannot be read: " + failure.getMessage());
    }
  }

  private void invalid(ImageReference tag, String reason) {
    problems.report(
        Problems.Kind.INVALID, "record " + tag + " is ignored, as are all like it: it " + reason);
  }
}
