package dev.stagewright.stage.copy;

import dev.stagewright.dockerfile.ignore.IgnoreRules;
import dev.stagewright.layers.tar.RawName;
import dev.stagewright.layers.tar.TarEntry;

/**
 * What an instruction's options make of each file.
 *
 * @param ownership from {@code --chown}
 * @param mode from {@code --chmod}
 * @param exclude from {@code --exclude}
 */
record CopyRules(Ownership ownership, ModeChange mode, IgnoreRules exclude) {

  /** The file as it shall be at its destination. */
  TarEntry apply(TarEntry entry) {
    var owned = ownership.apply(entry);
    return entry.type() == TarEntry.Type.SYMLINK
        ? owned
        : owned.withMode(mode.apply(entry.mode(), entry.type() == TarEntry.Type.DIRECTORY));
  }

  /** Whether something below the directory that is copied stays behind. */
  boolean excludes(String path) {
    return !exclude.rules().isEmpty() && exclude.ignores(RawName.text(path));
  }
}
