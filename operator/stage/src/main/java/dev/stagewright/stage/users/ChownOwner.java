package dev.stagewright.stage.users;

import java.util.List;

/**
 * Whom {@code --chown} means.
 *
 * @param owner of the files
 * @param unknown names that the stage's root does not know; as in BuildKit, root stands in for an
 *     unknown user, and the user's own group for an unknown group
 */
public record ChownOwner(Owner owner, List<String> unknown) {
  /** Copies the list. */
  public ChownOwner {
    unknown = List.copyOf(unknown);
  }
}
