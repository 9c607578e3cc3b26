package dev.stagewright.registry.auth;

import java.util.List;

/**
 * What a token is to allow in one repository.
 *
 * @param repository its path in the registry
 * @param actions in the order in which registries write them
 */
public record Scope(String repository, List<String> actions) {
  public Scope {
    actions = List.copyOf(actions);
  }

  /** Reading. */
  public static Scope pull(String repository) {
    return new Scope(repository, List.of("pull"));
  }

  /** Writing, and reading, which writing needs as well. */
  public static Scope pullPush(String repository) {
    return new Scope(repository, List.of("pull", "push"));
  }

  /** As the token service reads it, for example {@code repository:team/app:pull,push}. */
  @Override
  public String toString() {
    return "repository:" + repository + ":" + String.join(",", actions);
  }
}
