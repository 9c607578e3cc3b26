package dev.stagewright.registry.http;

import java.time.Duration;

/**
 * Timeouts of HTTP requests. A whole transfer has no timeout, because the size of layers is not
 * limited.
 *
 * @param connect the timeout for a connection
 * @param idle the timeout for the next byte of a transfer, in either direction
 * @param response the timeout for the first byte of a response after the last byte of the request;
 *     registries verify and store large blobs in this time
 */
public record Timeouts(Duration connect, Duration idle, Duration response) {
  /** 10 s, 60 s and 5 min. */
  public static final Timeouts DEFAULT =
      new Timeouts(Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofMinutes(5));

  /**
   * For requests that a build can do without: 5 s, 15 s and 20 s.
   *
   * <p>A registry that is up answers a request for a manifest within a second, but on a node whose
   * processors are busy, the request and its response can take ten times as long.
   */
  public static final Timeouts SHORT =
      new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(15), Duration.ofSeconds(20));
}
