package dev.stagewright.controller.logs;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * Finds the lines of a stream that are new. Streams start at a full second, so a stream that
 * continues another one repeats lines.
 */
final class LogPosition {
  private Optional<Instant> last = Optional.empty();
  private int linesAtLast;
  private boolean isRepeating;
  private int repeatedAtLast;
  private long repeated;
  private long untimed;

  /** The time of the last line; empty before the first one. */
  Optional<Instant> last() {
    return last;
  }

  /** Another stream follows, which starts at or before the last line. */
  void restart() {
    isRepeating = last.isPresent();
    repeatedAtLast = 0;
  }

  /**
   * The text of a line that starts with its time; empty if the line is not new, or if it is not a
   * line of the container but an error message of the kubelet, which has no time.
   */
  Optional<String> read(String line) {
    var space = line.indexOf(' ');
    Instant time;
    try {
      time = Instant.parse(line.substring(0, Math.max(0, space)));
    } catch (DateTimeException _) {
      untimed++;
      return Optional.empty();
    }
    if (isRepeating && isRepeated(time)) {
      repeated++;
      return Optional.empty();
    }
    isRepeating = false;
    linesAtLast = last.filter(time::equals).isPresent() ? linesAtLast + 1 : 1;
    last = Optional.of(time);
    return Optional.of(line.substring(space + 1));
  }

  private boolean isRepeated(Instant time) {
    var order = time.compareTo(last.orElse(Instant.MIN));
    if (order == 0) {
      repeatedAtLast++;
    }
    return order < 0 || (order == 0 && repeatedAtLast <= linesAtLast);
  }

  /** The number of repeated lines since the last call. */
  long takeRepeated() {
    var count = repeated;
    repeated = 0;
    return count;
  }

  /** The number of lines without a time since the last call. */
  long takeUntimed() {
    var count = untimed;
    untimed = 0;
    return count;
  }
}
