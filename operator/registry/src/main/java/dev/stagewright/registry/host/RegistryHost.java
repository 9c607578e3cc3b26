package dev.stagewright.registry.host;

import java.util.List;

/**
 * How a registry is reached, where the defaults do not do.
 *
 * @param host as references have it, with optional port, for example {@code docker.io}
 * @param plainHttp no TLS
 * @param mirrors what is asked before the registry itself, in this order
 */
public record RegistryHost(String host, boolean plainHttp, List<Mirror> mirrors) {
  public RegistryHost {
    mirrors = List.copyOf(mirrors);
  }
}
