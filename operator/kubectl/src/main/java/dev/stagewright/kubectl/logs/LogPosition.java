package dev.stagewright.kubectl.logs;

import java.time.Instant;
import java.util.Optional;

/**
 * The position up to which a log was read. The API server opens a log only at whole seconds, so a
 * reopened log begins with lines that were already read; several lines may have the same timestamp.
 */
final class LogPosition {
  private Optional<Instant> last = Optional.empty();
  private int linesAtLast;
  private int linesToSkip;
  private boolean skipping;

  /** The timestamp at which to open the log; empty for the start of the log. */
  Optional<Instant> last() {
    return last;
  }

  /** Records that the log was opened at {@link #last}. */
  void reopen() {
    skipping = last.isPresent();
    linesToSkip = linesAtLast;
  }

  /** Whether the line was not read before; the call also marks the line as read. */
  boolean isNew(LogLine line) {
    if (line.time().isEmpty()) {
      return !skipping;
    }
    var time = line.time().get();
    if (skipping) {
      int order = time.compareTo(last.orElse(Instant.MIN));
      if (order < 0 || (order == 0 && linesToSkip-- > 0)) {
        return false;
      }
      skipping = order == 0;
    }
    linesAtLast = last.equals(line.time()) ? linesAtLast + 1 : 1;
    last = line.time();
    return true;
  }
}
