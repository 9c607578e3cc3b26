package dev.stagewright.worker.cache.store;

import dev.stagewright.cache.record.RecordUse;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.layers.oci.MalformedDocumentException;
import dev.stagewright.layers.oci.Manifest;
import dev.stagewright.registry.RegistryClient;
import dev.stagewright.registry.concurrent.ParallelTasks;
import dev.stagewright.registry.error.RegistryException;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/**
 * The records that a build has used. A day after the last use, the manifest gets the time of the
 * new one, so Harbor's retention rules see a push. Thread-safe.
 *
 * <p>The manifests of replaced records are deleted where the registry allows it: without a tag,
 * they would keep their blobs from being deleted, and nobody would find them.
 */
final class UsedRecords {
  private static final int PARALLEL = 4;

  /** More records than a build of a hundred instructions uses. */
  private static final int LIMIT = 500;

  private final InstantSource clock;
  private final Map<String, Used> used = new ConcurrentHashMap<>();
  private final Map<String, Used> replaced = new ConcurrentHashMap<>();
  private volatile boolean deletable = true;

  private record Used(String tag, Manifest manifest, Digest digest) {}

  /**
   * Creates an empty set.
   *
   * @param clock the time of the use
   */
  UsedRecords(InstantSource clock) {
    this.clock = clock;
  }

  /** A valid record was used. */
  void add(String tag, byte[] bytes) {
    if (used.size() >= LIMIT) {
      return;
    }
    try {
      used.put(tag, new Used(tag, Manifest.parse(bytes), Digest.of(bytes)));
    } catch (MalformedDocumentException e) {
      throw new IllegalArgumentException("a valid record is malformed", e);
    }
  }

  /**
   * Writes the new time of one record now, if the old one is older than a day.
   *
   * @return whether it was written
   */
  boolean mark(RegistryClient client, ImageReference repository, String tag) {
    var record = used.get(tag);
    if (record == null || !RecordUse.isOutdated(record.manifest(), clock.instant())) {
      return false;
    }
    try {
      var marked = write(client, repository, record);
      marked.ifPresent(current -> {
        used.put(tag, current);
        replaced.put(tag, record);
      });
      return marked.isPresent();
    } catch (RegistryException _) {
      return false;
    }
  }

  /** A record was replaced by a new one. */
  void replace(String tag) {
    Optional.ofNullable(used.remove(tag)).ifPresent(record -> replaced.put(tag, record));
  }

  /**
   * Writes the new times, until the registry rejects one: then the account may not write, or the
   * tags are immutable, and the records only seem older than they are.
   *
   * @param goesOn whether there is time for another request
   */
  void refresh(RegistryClient client, ImageReference repository, BooleanSupplier goesOn)
      throws InterruptedException {
    var tasks = new ArrayList<Callable<Boolean>>();
    for (var record : replaced.values()) {
      tasks.add(() -> goesOn.getAsBoolean() && delete(client, repository, record));
    }
    for (var record : used.values()) {
      if (RecordUse.isOutdated(record.manifest(), clock.instant())) {
        tasks.add(() -> goesOn.getAsBoolean() && refresh(client, repository, record));
      }
    }
    used.clear();
    replaced.clear();
    try {
      List<Boolean> _ = new ParallelTasks(PARALLEL).run(tasks);
    } catch (IOException _) {
      // The other records are refreshed by the next build that uses them.
    }
  }

  private boolean refresh(RegistryClient client, ImageReference repository, Used record)
      throws RegistryException {
    return write(client, repository, record).isPresent() && delete(client, repository, record);
  }

  /** Writes the new time; empty if another build has replaced or deleted the record. */
  private Optional<Used> write(RegistryClient client, ImageReference repository, Used record)
      throws RegistryException {
    var tag = repository.tagged(record.tag());
    if (!isCurrent(client, tag, record)) {
      return Optional.empty();
    }
    var marked = RecordUse.marked(record.manifest(), record.tag(), clock.instant());
    var _ = client.pusher(repository).pushManifest(tag, marked.mediaType(), marked.bytes());
    return Optional.of(new Used(record.tag(), marked, marked.descriptor().digest()));
  }

  private boolean delete(RegistryClient client, ImageReference repository, Used record)
      throws RegistryException {
    if (!deletable
        || !RecordUse.isOnlyOf(record.manifest(), record.tag())
        || isCurrent(client, repository.tagged(record.tag()), record)) {
      return false;
    }
    try {
      return client.delete(repository.pinned(record.digest()));
    } catch (RegistryException _) {
      deletable = false;
      return false;
    }
  }

  private static boolean isCurrent(RegistryClient client, ImageReference tag, Used record)
      throws RegistryException {
    return client.find(tag).filter(found -> found.digest().equals(record.digest())).isPresent();
  }
}
