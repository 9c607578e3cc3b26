package dev.stagewright.registry;

import dev.stagewright.registry.call.Retry;
import dev.stagewright.registry.http.Timeouts;
import dev.stagewright.registry.proxy.ProxyEnvironment;
import java.time.Duration;
import java.util.Map;

/**
 * The options of a registry client.
 *
 * @param timeouts the timeouts of connections and transfers
 * @param retry the policy for temporary failures
 * @param proxies the proxies for registries that the host table configures no proxy for
 */
public record ClientOptions(Timeouts timeouts, Retry retry, ProxyEnvironment proxies) {
  private static final int MAX_ATTEMPTS = 6;

  /** A few seconds: a person waits, and a misspelled host name is not temporary. */
  private static final int INTERACTIVE_ATTEMPTS = 4;

  /** One more than none, for a connection that was closed while it was idle. */
  private static final int FEW_ATTEMPTS = 2;

  private static final Duration SHORT_PAUSE = Duration.ofSeconds(1);

  /**
   * Returns the options for production.
   *
   * @param environment the environment variables of the process, which may configure proxies
   * @throws IllegalArgumentException if a proxy variable is malformed
   */
  public static ClientOptions of(Map<String, String> environment) {
    return new ClientOptions(
        Timeouts.DEFAULT, new Retry(MAX_ATTEMPTS, Thread::sleep), ProxyEnvironment.of(environment));
  }

  /**
   * Returns the options for commands that a person waits for.
   *
   * @param environment as for {@link #of}
   */
  public static ClientOptions interactive(Map<String, String> environment) {
    return new ClientOptions(
        Timeouts.DEFAULT,
        new Retry(INTERACTIVE_ATTEMPTS, Thread::sleep),
        ProxyEnvironment.of(environment));
  }

  /**
   * Returns the options for requests that a build can do without: they give up soon.
   *
   * @param environment as for {@link #of}
   */
  public static ClientOptions failingFast(Map<String, String> environment) {
    return new ClientOptions(
        Timeouts.SHORT,
        new Retry(FEW_ATTEMPTS, Thread::sleep).withMaxRetryAfter(SHORT_PAUSE),
        ProxyEnvironment.of(environment));
  }
}
