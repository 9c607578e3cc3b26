package dev.stagewright.worker.download;

import dev.stagewright.registry.call.Retry;
import dev.stagewright.registry.http.Timeouts;
import dev.stagewright.registry.proxy.ProxyEnvironment;

/**
 * Timeouts and retries of downloads.
 *
 * @param timeouts the timeouts of one attempt
 * @param retry the policy for further attempts
 * @param proxies the proxies of the environment
 */
public record DownloadOptions(Timeouts timeouts, Retry retry, ProxyEnvironment proxies) {
  private static final int MAX_ATTEMPTS = 5;

  /** The options in production: five attempts, with about 12 seconds of delays. */
  public static final DownloadOptions DEFAULT =
      new DownloadOptions(
          Timeouts.DEFAULT, new Retry(MAX_ATTEMPTS, Thread::sleep), ProxyEnvironment.NONE);

  /** These options with the proxies of the environment. */
  public DownloadOptions with(ProxyEnvironment environment) {
    return new DownloadOptions(timeouts, retry, environment);
  }
}
