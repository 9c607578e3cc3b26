package dev.stagewright.cache.record;

import java.util.Optional;

/**
 * The parts of the JSON of a record that a list of records contains; all are empty in the JSON of a
 * record that has none of them.
 *
 * @param instruction text of the instruction
 * @param build namespace and name of the ImageBuild
 * @param created when the record was made, in seconds since 1970
 */
public record RecordSummary(
    Optional<String> instruction, Optional<String> build, Optional<Long> created) {
  static final RecordSummary UNKNOWN =
      new RecordSummary(Optional.empty(), Optional.empty(), Optional.empty());
}
