package dev.stagewright.registry.auth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A token that a token service issued. Its text form is masked.
 *
 * @param value the bearer token
 * @param renewAt when to request a new token, some time before the token expires
 */
public record Token(String value, Instant renewAt) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Returns the granted actions in a repository. Token services issue tokens even if they grant
   * nothing, so this reveals missing permissions.
   *
   * @return empty if the token is opaque
   */
  public Optional<Set<String>> granted(String repository) {
    var parts = value.split("\\.", -1);
    if (parts.length != 3) {
      return Optional.empty();
    }
    try {
      var access = JSON.readTree(Base64.getUrlDecoder().decode(parts[1])).path("access");
      return Optional.of(
          access
              .valueStream()
              .filter(grant -> grant.path("name").asText().equals(repository))
              .flatMap(grant -> grant.path("actions").valueStream())
              .map(JsonNode::asText)
              .collect(Collectors.toUnmodifiableSet()));
    } catch (IOException | IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return "Token[***]";
  }
}
