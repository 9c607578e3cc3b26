package dev.stagewright.stage.copy;

import dev.stagewright.layers.tar.TarEntry;

/**
 * What an instruction's options make of each file.
 *
 * @param ownership from {@code --chown}
 * @param mode from {@code --chmod}
 * @param exclude from {@code --exclude}
 */
record CopyRules(Ownership ownership, ModeChange mode, ExcludeRules exclude) {

  /** The file as it shall be at its destination. */
  TarEntry apply(TarEntry entry) {
    var owned = ownership.apply(entry);
    return entry.type() == TarEntry.Type.SYMLINK
        ? owned
        : owned.withMode(mode.apply(entry.mode(), entry.type() == TarEntry.Type.DIRECTORY));
  }
}
