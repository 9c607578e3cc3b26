package dev.stagewright.cache.record;

import java.util.Optional;

/** What was read of a record. */
public sealed interface ReadRecord<T> {
  /** The record is valid. */
  record Valid<T>(T record) implements ReadRecord<T> {}

  /**
   * The record cannot be used.
   *
   * @param reason clause for the log, for example {@code is of another version}
   */
  record Invalid<T>(String reason) implements ReadRecord<T> {}

  /** The record; empty if the record is invalid. */
  default Optional<T> value() {
    return this instanceof Valid<T>(T record) ? Optional.of(record) : Optional.empty();
  }
}
