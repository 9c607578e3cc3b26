package dev.stagewright.registry.host;

import dev.stagewright.registry.http.Connection;
import dev.stagewright.registry.http.RedirectingTransport;
import java.net.URI;

/**
 * The API endpoint of a registry.
 *
 * @param registry the host of the registry in image references
 * @param origin scheme, host and port of the API
 * @param connection TLS and proxy settings
 */
public record Endpoint(String registry, URI origin, Connection connection) {

  /**
   * Returns the address of a resource in a repository.
   *
   * @param repository the path of the repository
   * @param suffix the path of the resource, for example {@code blobs/sha256:…}
   */
  public URI uri(String repository, String suffix) {
    return origin.resolve("/v2/" + repository + "/" + suffix);
  }

  /** Whether an address has the registry's scheme, host and port. */
  public boolean isAt(URI address) {
    return RedirectingTransport.isSameOrigin(origin, address);
  }

  /** Returns the connection to an address that the registry names. */
  public Connection connectionTo(URI address) {
    return isAt(address) ? connection : connection.forOtherHosts();
  }

  /** Host and port of the API. */
  public String authority() {
    return origin.getRawAuthority();
  }
}
