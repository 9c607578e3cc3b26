package dev.stagewright.cache.prune;

import dev.stagewright.cache.record.RecordInfo;
import dev.stagewright.cache.record.RecordKind;
import dev.stagewright.cache.record.RecordUse;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/**
 * Deletes records of a repository, but no prefix image that a Pod may be about to start from. A
 * build that wants its Pod to start from an image whose last use is a day ago records the new use
 * before it says so.
 *
 * @param repository repository of the cache
 * @param now the current time
 */
public record RecordDeletion(RecordRepository repository, Instant now) {
  /** The Pod of a stage may start a day after it was decided that it runs the image. */
  public static final Duration PROTECTION = RecordUse.PRECISION.plusDays(1);

  /** Whether a record can be deleted. */
  public boolean isPossible(RecordInfo record) {
    return record.kind() != RecordKind.PREFIX || record.lastUsed().isBefore(now.minus(PROTECTION));
  }

  /**
   * Deletes a record, unless it is a prefix image that a build has used since it was listed.
   *
   * @return false if it is such an image, or does not exist any more
   * @throws IOException if the registry does not allow it, or does not answer
   */
  public boolean delete(RecordInfo record) throws IOException {
    return (record.kind() != RecordKind.PREFIX || isUnchanged(record))
        && repository.delete(record.digest());
  }

  private boolean isUnchanged(RecordInfo image) throws IOException {
    return new RecordList(repository)
        .read(image.tag())
        .filter(current -> current.digest().equals(image.digest()))
        .filter(current -> !current.lastUsed().isAfter(image.lastUsed()))
        .isPresent();
  }
}
