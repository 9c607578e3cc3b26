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
 * A token of a token service. Its text form is masked.
 *
 * @param value what is sent
 * @param renewAt when to ask for another, some time before it expires
 */
public record Token(String value, Instant renewAt) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * What it allows in a repository. Token services answer with a token even where they grant
   * nothing, so this is how a missing permission shows.
   *
   * @return the actions; empty if the token cannot be read
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
