package dev.stagewright.stage.copy;

import dev.stagewright.dockerfile.ignore.IgnoreRules;
import dev.stagewright.layers.tar.RawName;
import dev.stagewright.layers.tar.TarEntry;
import dev.stagewright.protocol.RunMount;
import dev.stagewright.protocol.Step;
import dev.stagewright.stage.path.RootedPath;
import java.io.IOException;

/**
 * Lists the files that instructions read from outside of their stage, without copying them. The
 * order depends only on the names of the files.
 */
public final class SourceFiles {
  private final FileTrees sources;

  /** Lists files of these sources. */
  public SourceFiles(FileTrees sources) {
    this.sources = sources;
  }

  /** Receives the files. */
  public interface Visitor {
    /** A file or directory; a directory comes before its content. */
    void visit(SourceFile file) throws IOException;
  }

  /**
   * Lists the files that COPY or ADD copies, except heredocs.
   *
   * @throws CopyException if a source is missing or a pattern is invalid, with the message of the
   *     instruction; some files may have been listed
   */
  public void list(Step.Copy step, Visitor visitor) throws IOException, CopyException {
    var exclude = CopyRules.exclude(step);
    var selected = new CopySourceFinder(sources, step).find();
    for (var i = 0; i < selected.size(); i++) {
      var source = selected.get(i);
      var walk = new SourceWalk(i, source.tree(), exclude, visitor);
      var match = source.match();
      if (step.parents()) {
        walk.parents(match);
        walk.visit(match.entry(), match.below(), match.below());
      } else if (match.entry().type() == TarEntry.Type.DIRECTORY) {
        walk.visitContent(match.entry().name(), "", "");
      } else {
        walk.visit(match.entry(), "", match.name());
      }
    }
  }

  /**
   * Lists the files of a bind mount.
   *
   * @throws CopyException if the source is missing
   */
  public void list(RunMount.Bind mount, Visitor visitor) throws IOException, CopyException {
    var tree = new CopySourceTree(sources.open(mount.from()));
    var entry = tree.entry(tree.resolve(RootedPath.clean(RawName.of(mount.path()))));
    if (entry.isEmpty()) {
      throw new MissingSource(sources, mount.from()).exception(mount.path());
    }
    new SourceWalk(0, tree, IgnoreRules.none(), visitor).visit(entry.get(), "", "");
  }
}
