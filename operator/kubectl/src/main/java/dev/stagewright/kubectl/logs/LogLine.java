package dev.stagewright.kubectl.logs;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * A line of a container log.
 *
 * @param time timestamp of the container runtime; empty for a message of the kubelet
 * @param text the line without its line ending
 */
public record LogLine(Optional<Instant> time, String text) {

  /** Parses a line of the API server's answer to {@code timestamps=true}. */
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
