package dev.stagewright.stage.copy;

import dev.stagewright.dockerfile.ignore.IgnoreException;
import dev.stagewright.dockerfile.ignore.IgnoreRules;
import dev.stagewright.layers.tar.RawName;
import dev.stagewright.layers.tar.TarEntry;
import dev.stagewright.protocol.Step;

/**
 * The options of COPY and ADD that apply to each file.
 *
 * @param ownership effect of {@code --chown}
 * @param mode effect of {@code --chmod}
 * @param exclude patterns of {@code --exclude}
 */
record CopyRules(Ownership ownership, ModeChange mode, IgnoreRules exclude) {
  /**
   * The patterns of an instruction.
   *
   * @throws CopyException if a pattern is invalid
   */
  static IgnoreRules exclude(Step.Copy step) throws CopyException {
    try {
      return step.exclude().isEmpty() ? IgnoreRules.none() : IgnoreRules.of(step.exclude());
    } catch (IgnoreException e) {
      throw new CopyException("--exclude: " + e.getMessage());
    }
  }

  /** The entry of a file at its destination. */
  TarEntry apply(TarEntry entry) {
    var owned = ownership.apply(entry);
    return entry.type() == TarEntry.Type.SYMLINK
        ? owned
        : owned.withMode(mode.apply(entry.mode(), entry.type() == TarEntry.Type.DIRECTORY));
  }

  /** Whether a path below the copied directory is excluded. */
  boolean excludes(String path) {
    return !exclude.rules().isEmpty() && exclude.ignores(RawName.text(path));
  }
}
