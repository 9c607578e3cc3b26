package dev.stagewright.registry.auth;

import java.util.List;

/**
 * What a token is to allow in one repository.
 *
 * @param repository its path in the registry
 * @param actions in the order in which registries write them
 */
public record TokenScope(String repository, List<String> actions) {
  public TokenScope {
    actions = List.copyOf(actions);
  }

  /** Reading. */
  public static TokenScope pull(String repository) {
    return new TokenScope(repository, List.of("pull"));
  }

  /** Writing, and reading, which writing needs as well. */
  public static TokenScope pullPush(String repository) {
    return new TokenScope(repository, List.of("pull", "push"));
  }

  /** As the token service reads it, for example {@code repository:team/app:pull,push}. */
  @Override
  public String toString() {
    return "repository:" + repository + ":" + String.join(",", actions);
  }
}
