package dev.stagewright.worker.remote;

import dev.stagewright.registry.call.Retry;
import dev.stagewright.registry.http.Timeouts;

/**
 * Timeouts and retries of downloads.
 *
 * @param timeouts the timeouts of one attempt
 * @param retry the policy for further attempts
 */
public record DownloadOptions(Timeouts timeouts, Retry retry) {
  private static final int MAX_ATTEMPTS = 5;

  /** The options in production: five attempts, with about 12 seconds of delays. */
  public static final DownloadOptions DEFAULT =
      new DownloadOptions(Timeouts.DEFAULT, new Retry(MAX_ATTEMPTS, Thread::sleep));
}
