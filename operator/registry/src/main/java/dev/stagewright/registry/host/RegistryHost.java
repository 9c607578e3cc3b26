package dev.stagewright.registry.host;

import dev.stagewright.registry.http.Connection;
import java.util.List;
import java.util.Optional;

/**
 * The configuration of a registry host, where the defaults do not apply.
 *
 * @param host the host in image references, with optional port, for example {@code docker.io}
 * @param plainHttp whether the registry is reached without TLS
 * @param mirrors the mirrors to try before the registry, in this order
 * @param rewrites the rules that replace image names; replaced names are not requested themselves
 * @param connection TLS and proxy settings
 * @param chunkSize the largest number of bytes per request; empty for no known limit
 */
public record RegistryHost(
    String host,
    boolean plainHttp,
    List<Mirror> mirrors,
    List<Rewrite> rewrites,
    Connection connection,
    Optional<Long> chunkSize) {
  /**
   * @throws IllegalArgumentException if the chunk size is not positive
   */
  public RegistryHost {
    mirrors = List.copyOf(mirrors);
    rewrites = List.copyOf(rewrites);
    if (chunkSize.filter(size -> size < 1).isPresent()) {
      throw new IllegalArgumentException("chunk size of registry " + host + " must be positive");
    }
  }

  /** Creates a configuration without rewrites, connection settings and chunk size. */
  public RegistryHost(String host, boolean plainHttp, List<Mirror> mirrors) {
    this(host, plainHttp, mirrors, List.of(), Connection.DEFAULT, Optional.empty());
  }

  /** Returns the configuration with another connection. */
  public RegistryHost with(Connection other) {
    return new RegistryHost(host, plainHttp, mirrors, rewrites, other, chunkSize);
  }
}
