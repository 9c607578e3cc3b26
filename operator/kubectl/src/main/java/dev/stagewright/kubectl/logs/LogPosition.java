package dev.stagewright.kubectl.logs;

import java.time.Instant;
import java.util.Optional;

/**
 * How far a log has been read. A log can be opened at whole seconds only, so what is opened again
 * begins with lines that were read before; several may have the same time.
 */
final class LogPosition {
  private Optional<Instant> last = Optional.empty();
  private int readAtLast;
  private int toSkipAtLast;
  private boolean catchingUp;

  /** Where to open the log; empty for its start. */
  Optional<Instant> last() {
    return last;
  }

  /** The log is opened at {@link #last}. */
  void opened() {
    catchingUp = last.isPresent();
    toSkipAtLast = readAtLast;
  }

  /** Whether the line was not read before; it is read with this. */
  boolean isNew(LogLine line) {
    if (line.time().isEmpty()) {
      return !catchingUp;
    }
    var time = line.time().get();
    if (catchingUp) {
      int order = time.compareTo(last.orElse(Instant.MIN));
      if (order < 0 || (order == 0 && toSkipAtLast-- > 0)) {
        return false;
      }
      catchingUp = order == 0;
    }
    readAtLast = last.equals(line.time()) ? readAtLast + 1 : 1;
    last = line.time();
    return true;
  }
}
