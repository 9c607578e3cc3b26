package dev.stagewright.stage.copy;

import dev.stagewright.layers.tar.TarEntry;
import dev.stagewright.stage.users.Owner;
import java.util.Optional;

/**
 * The owner of copied files.
 *
 * @param chown requested owner; empty for none
 * @param keepSource whether the owner of the source is kept if no owner is requested; otherwise it
 *     is root
 */
record Ownership(Optional<Owner> chown, boolean keepSource) {

  /** The entry with its new owner. */
  TarEntry apply(TarEntry entry) {
    if (chown.isEmpty() && keepSource) {
      return entry;
    }
    var owner = forParents();
    return entry.withOwner(owner.uid(), owner.gid());
  }

  /** The owner of created parent directories. */
  Owner forParents() {
    return chown.orElse(Owner.ROOT);
  }
}
