package dev.stagewright.cache.prune;

import dev.stagewright.cache.record.RecordInfo;
import dev.stagewright.cache.record.RecordKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Reads the records of a repository. A registry has no request for the annotations of many
 * manifests, so this takes one request for each record.
 *
 * @param repository repository of the cache
 */
public record RecordList(RecordRepository repository) {
  private static final int PARALLEL = 8;

  /** The tags of records. The repository may have others. */
  public List<String> tags() throws IOException {
    return repository.tags().stream().filter(tag -> RecordKind.ofTag(tag).isPresent()).toList();
  }

  /** All records, in the order of their tags. */
  public List<RecordInfo> all() throws IOException, InterruptedException {
    return of(tags());
  }

  /** The records of these tags that still exist, in the same order. */
  public List<RecordInfo> of(List<String> tags) throws IOException, InterruptedException {
    var threads = Executors.newFixedThreadPool(PARALLEL, Thread.ofVirtual().factory());
    try {
      var reads = new ArrayList<Future<Optional<RecordInfo>>>();
      for (var tag : tags) {
        reads.add(threads.submit(() -> read(tag)));
      }
      var records = new ArrayList<RecordInfo>();
      for (var read : reads) {
        read.get().ifPresent(records::add);
      }
      return records;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException io) {
        throw io;
      }
      throw new IllegalStateException(e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }

  /** The record of a tag; empty if it does not exist any more. */
  Optional<RecordInfo> read(String tag) throws IOException {
    var record = manifest(tag);
    var other = record.flatMap(RecordInfo::usedWith);
    var user = other.isPresent() ? manifest(other.get()) : Optional.<RecordInfo>empty();
    return record.map(own -> user.map(own::usedWith).orElse(own));
  }

  private Optional<RecordInfo> manifest(String tag) throws IOException {
    return repository.manifest(tag).flatMap(bytes -> RecordInfo.read(tag, bytes));
  }
}
