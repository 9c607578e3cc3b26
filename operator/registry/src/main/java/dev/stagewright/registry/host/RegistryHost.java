package dev.stagewright.registry.host;

import dev.stagewright.registry.http.Connection;
import java.util.List;
import java.util.Optional;

/**
 * How a registry is reached, where the defaults do not do.
 *
 * @param host as references have it, with optional port, for example {@code docker.io}
 * @param plainHttp no TLS
 * @param mirrors what is asked before the registry itself, in this order
 * @param rewrites names that stand for others, which are not asked themselves
 * @param connection TLS and proxy
 * @param chunkSize most bytes that one request to it may carry; empty for no limit that is known
 */
public record RegistryHost(
    String host,
    boolean plainHttp,
    List<Mirror> mirrors,
    List<Rewrite> rewrites,
    Connection connection,
    Optional<Long> chunkSize) {
  /**
   * @throws IllegalArgumentException if the size is not positive
   */
  public RegistryHost {
    mirrors = List.copyOf(mirrors);
    rewrites = List.copyOf(rewrites);
    if (chunkSize.filter(size -> size < 1).isPresent()) {
      throw new IllegalArgumentException("chunk size of registry " + host + " must be positive");
    }
  }

  /** One that differs by nothing but this. */
  public RegistryHost(String host, boolean plainHttp, List<Mirror> mirrors) {
    this(host, plainHttp, mirrors, List.of(), Connection.DEFAULT, Optional.empty());
  }

  /** The same, connected to in another way. */
  public RegistryHost with(Connection other) {
    return new RegistryHost(host, plainHttp, mirrors, rewrites, other, chunkSize);
  }
}
