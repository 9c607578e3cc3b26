package dev.stagewright.worker.download;

import dev.stagewright.registry.call.Retry;
import dev.stagewright.registry.http.Timeouts;
import dev.stagewright.registry.proxy.ProxyEnvironment;
import dev.stagewright.worker.EnvironmentProxies;
import java.util.Map;

/**
 * Timeouts and retries of downloads.
 *
 * @param timeouts the timeouts of one attempt
 * @param retry the policy for further attempts
 * @param proxies the proxies of the environment
 */
public record DownloadOptions(Timeouts timeouts, Retry retry, ProxyEnvironment proxies) {
  private static final int MAX_ATTEMPTS = 5;

  /**
   * The options in production: five attempts, with about 12 seconds of delays.
   *
   * @param environment the environment variables of the process, which may configure proxies
   * @throws dev.stagewright.protocol.BuildFailedException if a variable is malformed
   */
  public static DownloadOptions of(Map<String, String> environment) {
    return new DownloadOptions(
        Timeouts.DEFAULT,
        new Retry(MAX_ATTEMPTS, Thread::sleep),
        new EnvironmentProxies(environment).parse());
  }
}
