package dev.stagewright.stage.users;

import java.util.List;

/**
 * The owner that {@code --chown} selects.
 *
 * @param owner owner of the files
 * @param unknown names that do not exist in the stage; as in BuildKit, an unknown user means root,
 *     and an unknown group means the group of the user
 */
public record ChownOwner(Owner owner, List<String> unknown) {
  /** Copies the list. */
  public ChownOwner {
    unknown = List.copyOf(unknown);
  }
}
