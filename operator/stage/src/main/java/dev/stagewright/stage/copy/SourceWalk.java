package dev.stagewright.stage.copy;

import dev.stagewright.dockerfile.ignore.IgnoreRules;
import dev.stagewright.layers.tar.RawName;
import dev.stagewright.layers.tar.TarEntry;
import dev.stagewright.stage.path.RootedPath;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Walks one source in the order in which {@link TreeCopier} copies it. */
final class SourceWalk {
  private final int source;
  private final CopySourceTree tree;
  private final IgnoreRules exclude;
  private final SourceFiles.Visitor visitor;

  /** The first place of each file that was visited. */
  private final Map<String, String> places = new HashMap<>();

  SourceWalk(int source, CopySourceTree tree, IgnoreRules exclude, SourceFiles.Visitor visitor) {
    this.source = source;
    this.tree = tree;
    this.exclude = exclude;
    this.visitor = visitor;
  }

  /** Visits the directories that {@code --parents} keeps. */
  void parents(SourceMatch match) throws IOException {
    var whole = match.entry().name();
    var base = RootedPath.clean(whole.substring(0, whole.length() - match.below().length()));
    visitParents(base, RootedPath.parent(match.below()));
  }

  private void visitParents(String base, String below) throws IOException {
    if (below.isEmpty()) {
      return;
    }
    visitParents(base, RootedPath.parent(below));
    var path = RootedPath.join(base, below);
    report(tree.entry(path).orElseGet(() -> TarEntry.directory(path)), below);
  }

  /**
   * Visits a file, or a directory with its content.
   *
   * @param below path relative to the copied directory, for patterns
   * @param placed path relative to the destination
   */
  void visit(TarEntry entry, String below, String placed) throws IOException {
    report(entry, placed);
    if (entry.type() == TarEntry.Type.DIRECTORY) {
      visitContent(entry.name(), below, placed);
    }
  }

  /** Visits the content of a directory, but not the directory. */
  void visitContent(String directory, String below, String placed) throws IOException {
    for (var name : tree.children(directory)) {
      var entry = tree.entry(RootedPath.join(directory, name));
      if (entry.isPresent()) {
        visitChild(entry.get(), RootedPath.join(below, name), RootedPath.join(placed, name));
      }
    }
  }

  private void visitChild(TarEntry entry, String below, String placed) throws IOException {
    if (!excludes(below)) {
      visit(entry, below, placed);
    } else if (entry.type() == TarEntry.Type.DIRECTORY && exclude.hasExceptions()) {
      // The directory is created if it contains an exception.
      for (var name : tree.children(entry.name())) {
        var path = RootedPath.join(below, name);
        if (!excludes(path)) {
          report(entry, placed);
          break;
        }
      }
      visitContent(entry.name(), below, placed);
    }
  }

  private boolean excludes(String path) {
    return !exclude.rules().isEmpty() && exclude.ignores(RawName.text(path));
  }

  private void report(TarEntry entry, String placed) throws IOException {
    var isFile = entry.type() == TarEntry.Type.FILE;
    var first =
        entry.type() == TarEntry.Type.DIRECTORY
            ? Optional.<String>empty()
            : Optional.ofNullable(places.putIfAbsent(tree.fileOf(entry.name()), placed));
    visitor.visit(
        new SourceFile(
            source,
            placed,
            entry,
            isFile ? tree.contentDigest(entry.name()) : Optional.empty(),
            first));
  }
}
