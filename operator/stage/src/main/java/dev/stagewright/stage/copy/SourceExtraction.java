package dev.stagewright.stage.copy;

import dev.stagewright.dockerfile.ignore.IgnoreRules;
import dev.stagewright.layers.tar.RawName;
import dev.stagewright.protocol.Step.CopyFrom;
import dev.stagewright.stage.files.Directories;
import dev.stagewright.stage.linux.RootFileSystem;
import dev.stagewright.stage.path.RootedPath;
import dev.stagewright.stage.users.Owner;
import java.io.IOException;
import java.util.Optional;

/** Lays files out that an instruction reads where they are, rather than copies. */
public final class SourceExtraction {
  private final CopySources sources;

  /** Takes from these sources. */
  public SourceExtraction(CopySources sources) {
    this.sources = sources;
  }

  /** What it takes from. */
  public CopySources sources() {
    return sources;
  }

  /**
   * Makes a file, or a directory with all in it, where nothing is. Links on the way to it are
   * followed inside the source's root; owners are those that COPY would give.
   *
   * @param path in the source, absolute
   * @param target raw; its parent exists
   * @throws CopyException if there is nothing at the path
   */
  public void extract(CopyFrom from, String path, RootFileSystem into, String target)
      throws IOException, CopyException {
    var tree = new CopySourceTree(sources.open(from));
    var entry = tree.entry(tree.resolve(RootedPath.clean(RawName.of(path))));
    if (entry.isEmpty()) {
      throw new MissingSource(sources, from).exception(path);
    }
    var rules =
        new CopyRules(
            new Ownership(Optional.empty(), from instanceof CopyFrom.Stage),
            ModeChange.NONE,
            IgnoreRules.none());
    var placement = new MergingPlacement(into, Directories.DEFAULT_MODE, Owner.ROOT);
    new TreeCopier(tree, into, placement, rules).copy(entry.get(), "", target);
  }
}
