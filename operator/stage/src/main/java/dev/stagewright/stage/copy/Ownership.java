package dev.stagewright.stage.copy;

import dev.stagewright.layers.tar.TarEntry;
import dev.stagewright.stage.users.Owner;
import java.util.Optional;

/**
 * Who owns what is copied.
 *
 * @param chown who was asked for; empty for none
 * @param keepSource whether the source's owner counts where nobody was asked for; else it is root
 */
record Ownership(Optional<Owner> chown, boolean keepSource) {

  /** The entry, owned by whom it shall be. */
  TarEntry apply(TarEntry entry) {
    if (chown.isEmpty() && keepSource) {
      return entry;
    }
    var owner = forParents();
    return entry.withOwner(owner.uid(), owner.gid());
  }

  /** Who owns directories that are made on the way. */
  Owner forParents() {
    return chown.orElse(Owner.ROOT);
  }
}
