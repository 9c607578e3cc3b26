package dev.stagewright.registry.host;

import java.net.URI;

/**
 * Where a registry's API is.
 *
 * @param registry the registry as references name it
 * @param origin scheme, host and port
 */
public record Endpoint(String registry, URI origin) {

  /**
   * The address of something in a repository.
   *
   * @param repository its path
   * @param suffix what follows, for example {@code blobs/sha256:…}
   */
  public URI uri(String repository, String suffix) {
    return origin.resolve("/v2/" + repository + "/" + suffix);
  }

  /** Host and port, as the address has them. */
  public String authority() {
    return origin.getRawAuthority();
  }
}
