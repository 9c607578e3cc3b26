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

/** Extracts files of a source that an instruction mounts instead of copying. */
public final class SourceExtraction {
  private final CopySources sources;

  /** Extracts from these sources. */
  public SourceExtraction(CopySources sources) {
    this.sources = sources;
  }

  /** The sources. */
  public CopySources sources() {
    return sources;
  }

  /**
   * Extracts a file, or a directory with its content, to a path that does not exist. Symbolic links
   * on the way to the source are followed inside its root; owners are the same as with COPY.
   *
   * @param path absolute path in the source
   * @param target raw path whose parent exists
   * @throws CopyException if the path does not exist
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
