package dev.stagewright.worker;

import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.registry.proxy.ProxyEnvironment;
import java.util.Map;

/**
 * The proxies that the environment of the container configures, for servers of sources.
 *
 * @param variables the environment variables of the process
 */
public record EnvironmentProxies(Map<String, String> variables) {
  /**
   * Parses the variables.
   *
   * @throws BuildFailedException if a variable is malformed; the message names it
   */
  public ProxyEnvironment parse() {
    try {
      return ProxyEnvironment.of(variables);
    } catch (IllegalArgumentException e) {
      throw new BuildFailedException(
          Failure.of(FailureReason.InvalidRequest, String.valueOf(e.getMessage())), e);
    }
  }
}
