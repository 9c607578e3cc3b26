package dev.stagewright.registry.http;

import java.time.Duration;

/**
 * How long to wait. There is no limit on a whole transfer, as a layer takes what it takes.
 *
 * @param connect for a connection
 * @param idle for the next byte, either way, while bytes are moving
 * @param answer for the first byte of an answer after the last byte of a request; registries check
 *     and store a big blob in this time
 */
public record Timeouts(Duration connect, Duration idle, Duration answer) {
  /** 10 s, 60 s and 5 min. */
  public static final Timeouts DEFAULT =
      new Timeouts(Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofMinutes(5));
}
