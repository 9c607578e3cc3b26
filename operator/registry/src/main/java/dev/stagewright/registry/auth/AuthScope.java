package dev.stagewright.registry.auth;

import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.registry.host.Endpoint;
import java.util.List;

/**
 * The permissions that a call requires.
 *
 * @param endpoint the registry
 * @param image the repository of the call, which selects the credentials
 * @param scopes the scopes to request a token for; two for a mount from another repository
 */
public record AuthScope(Endpoint endpoint, ImageReference image, List<TokenScope> scopes) {
  public AuthScope {
    scopes = List.copyOf(scopes);
  }

  /** Whether the call only reads. */
  public boolean isRead() {
    return scopes.stream().allMatch(scope -> scope.actions().equals(List.of("pull")));
  }
}
