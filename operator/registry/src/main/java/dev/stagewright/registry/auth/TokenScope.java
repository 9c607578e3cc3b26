package dev.stagewright.registry.auth;

import java.util.List;

/**
 * The requested actions of a token in one repository.
 *
 * @param repository the path of the repository
 * @param actions the actions, in the order that registries use
 */
public record TokenScope(String repository, List<String> actions) {
  public TokenScope {
    actions = List.copyOf(actions);
  }

  /** Read access. */
  public static TokenScope pull(String repository) {
    return new TokenScope(repository, List.of("pull"));
  }

  /** Write access, which also requires read access. */
  public static TokenScope pullPush(String repository) {
    return new TokenScope(repository, List.of("pull", "push"));
  }

  /** The permission to delete. */
  public static TokenScope delete(String repository) {
    return new TokenScope(repository, List.of("delete"));
  }

  /** Returns the form of the token protocol, for example {@code repository:team/app:pull,push}. */
  @Override
  public String toString() {
    return "repository:" + repository + ":" + String.join(",", actions);
  }
}
