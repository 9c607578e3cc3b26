package dev.stagewright.kubectl.logs;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * A line of a log.
 *
 * @param time when the container runtime got it; empty for words of the kubelet's own
 * @param text without the end of line
 */
public record LogLine(Optional<Instant> time, String text) {

  /** Reads a line as the API server has it with {@code timestamps=true}. */
  public static LogLine parse(String line) {
    var blank = line.indexOf(' ');
    try {
      var time = OffsetDateTime.parse(blank < 0 ? line : line.substring(0, blank)).toInstant();
      return new LogLine(Optional.of(time), blank < 0 ? "" : line.substring(blank + 1));
    } catch (DateTimeException e) {
      return new LogLine(Optional.empty(), line);
    }
  }
}
