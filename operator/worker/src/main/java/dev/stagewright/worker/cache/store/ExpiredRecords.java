package dev.stagewright.worker.cache.store;

import dev.stagewright.cache.prune.RecordDeletion;
import dev.stagewright.cache.prune.RecordList;
import dev.stagewright.cache.prune.RecordRepository;
import dev.stagewright.cache.record.RecordInfo;
import dev.stagewright.cache.record.RecordUse;
import dev.stagewright.protocol.PrintableText;
import dev.stagewright.worker.Log;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Deletes records that were not used for a long time.
 *
 * <p>A build looks at a limited number of records, which are chosen at random: a repository with
 * many records has many builds, so all records are looked at after some of them, and no build has
 * to remember where it stopped.
 *
 * @param repository repository of the cache
 * @param log receives at most one line
 */
record ExpiredRecords(RecordRepository repository, Log log) {
  /** Number of records that a build looks at. */
  static final int SAMPLE = 100;

  private static final int LONGEST_REASON = 500;

  /**
   * Deletes records.
   *
   * @param now the current time
   * @param age records that were not used for this time, and one more day, are deleted
   * @param goesOn whether there is time for another request
   */
  void delete(Instant now, Duration age, BooleanSupplier goesOn) throws InterruptedException {
    var limit = now.minus(age).minus(RecordUse.PRECISION);
    var deletion = new RecordDeletion(repository, now);
    var deleted = 0;
    try {
      for (var record : sample()) {
        if (!goesOn.getAsBoolean()) {
          break;
        }
        if (record.ownsManifest()
            && record.lastUsed().isBefore(limit)
            && deletion.isPossible(record)) {
          deleted += deletion.delete(record) ? 1 : 0;
        }
      }
    } catch (IOException e) {
      log.print(
          "cache: expired records are not deleted: "
              + PrintableText.line(String.valueOf(e.getMessage()), LONGEST_REASON));
      return;
    }
    if (deleted > 0) {
      log.print("cache: deleted %d records that were not used since %s".formatted(deleted, limit));
    }
  }

  private List<RecordInfo> sample() throws IOException, InterruptedException {
    var list = new RecordList(repository);
    var tags = new ArrayList<>(list.tags());
    Collections.shuffle(tags);
    return list.of(tags.subList(0, Math.min(SAMPLE, tags.size())));
  }
}
