package dev.stagewright.registry;

import dev.stagewright.registry.call.Retry;
import dev.stagewright.registry.http.Timeouts;
import dev.stagewright.registry.proxy.ProxyEnvironment;
import java.util.Map;

/**
 * How a client behaves, whatever the registry.
 *
 * @param timeouts of connections and transfers
 * @param retry of what fails for a while
 * @param proxies where the table of registries names none
 */
public record ClientOptions(Timeouts timeouts, Retry retry, ProxyEnvironment proxies) {
  private static final int ATTEMPTS = 6;

  /**
   * As in production.
   *
   * @param environment of the process, which may name proxies
   * @throws IllegalArgumentException if it does so in a malformed way
   */
  public static ClientOptions of(Map<String, String> environment) {
    return new ClientOptions(
        Timeouts.DEFAULT, new Retry(ATTEMPTS, Thread::sleep), ProxyEnvironment.of(environment));
  }
}
