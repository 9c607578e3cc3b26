package dev.stagewright.registry.host;

import dev.stagewright.registry.http.Connection;
import dev.stagewright.registry.http.RedirectingTransport;
import java.net.URI;

/**
 * Where a registry's API is.
 *
 * @param registry the registry as references name it
 * @param origin scheme, host and port
 * @param connection how it is connected to
 */
public record Endpoint(String registry, URI origin, Connection connection) {

  /**
   * The address of something in a repository.
   *
   * @param repository its path
   * @param suffix what follows, for example {@code blobs/sha256:…}
   */
  public URI uri(String repository, String suffix) {
    return origin.resolve("/v2/" + repository + "/" + suffix);
  }

  /** Whether an address is at the registry's own origin: its scheme, host and port. */
  public boolean isAt(URI address) {
    return RedirectingTransport.isSameOrigin(origin, address);
  }

  /** How to connect to an address that the registry names. */
  public Connection connectionTo(URI address) {
    return isAt(address) ? connection : connection.elsewhere();
  }

  /** Host and port, as the address has them. */
  public String authority() {
    return origin.getRawAuthority();
  }
}
