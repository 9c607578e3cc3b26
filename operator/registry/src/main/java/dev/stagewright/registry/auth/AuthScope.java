package dev.stagewright.registry.auth;

import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.registry.host.Endpoint;
import java.util.List;

/**
 * What a call needs to be allowed.
 *
 * @param endpoint the registry
 * @param image the repository that the call is about; its credentials are used
 * @param scopes what to ask a token for; two where a blob is mounted from another repository
 */
public record AuthScope(Endpoint endpoint, ImageReference image, List<TokenScope> scopes) {
  public AuthScope {
    scopes = List.copyOf(scopes);
  }

  /** Whether nothing is written. */
  public boolean isRead() {
    return scopes.stream().allMatch(scope -> scope.actions().equals(List.of("pull")));
  }
}
