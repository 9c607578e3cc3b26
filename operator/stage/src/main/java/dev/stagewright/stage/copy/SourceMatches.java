package dev.stagewright.stage.copy;

import dev.stagewright.dockerfile.glob.BadPatternException;
import dev.stagewright.dockerfile.glob.GlobPattern;
import dev.stagewright.dockerfile.glob.PathPattern;
import dev.stagewright.layers.tar.RawName;
import dev.stagewright.stage.path.RootedPath;
import dev.stagewright.stage.path.Wildcards;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Finds the files and directories that match the sources of an instruction. */
final class SourceMatches {
  private static final String PIVOT = "/./";

  private final CopySourceTree tree;
  private final MissingSource missing;

  SourceMatches(CopySourceTree tree, MissingSource missing) {
    this.tree = tree;
    this.missing = missing;
  }

  /**
   * Finds all matches of a source. A wildcard may match nothing.
   *
   * @param parents whether to keep the parent directories of the source
   * @throws CopyException if a source without wildcards is missing
   */
  List<SourceMatch> find(String source, boolean parents) throws IOException, CopyException {
    var found = new ArrayList<SourceMatch>();
    try {
      if (parents) {
        findWithParents(RawName.of(source), found);
      } else {
        find(RootedPath.clean(RawName.of(source)), found);
      }
    } catch (BadPatternException e) {
      throw new CopyException("\"" + source + "\": " + e.getMessage());
    }
    if (found.isEmpty() && !GlobPattern.isWildcard(source)) {
      throw missing.exception(source);
    }
    return found;
  }

  private void find(String source, List<SourceMatch> found) throws IOException {
    for (var path : new Wildcards(tree).match(source)) {
      var entry = tree.entry(tree.resolve(path));
      if (entry.isPresent()) {
        found.add(new SourceMatch(RootedPath.name(path), path, entry.get()));
      }
    }
  }

  /** Symbolic links are not followed here, and directories before the pivot are not kept. */
  private void findWithParents(String source, List<SourceMatch> found) throws IOException {
    var pivot = source.indexOf(PIVOT);
    var base = pivot < 0 ? "" : RootedPath.clean(source.substring(0, pivot));
    var kept = RootedPath.clean(pivot < 0 ? source : source.substring(pivot + PIVOT.length()));
    var root = tree.resolve(Wildcards.unescape(base));
    if (kept.isEmpty()) {
      for (var name : tree.children(root)) {
        add(root, name, found);
      }
    } else if (GlobPattern.isWildcard(kept)) {
      search(root, "", PathPattern.parse(RawName.text(kept)), found);
    } else {
      add(root, Wildcards.unescape(kept), found);
    }
  }

  private void search(String root, String below, PathPattern pattern, List<SourceMatch> found)
      throws IOException {
    for (var name : tree.children(RootedPath.join(root, below))) {
      var path = RootedPath.join(below, name);
      if (pattern.matches(RawName.text(path))) {
        add(root, path, found);
      } else {
        search(root, path, pattern, found);
      }
    }
  }

  private void add(String root, String below, List<SourceMatch> found) throws IOException {
    tree.entry(RootedPath.join(root, below))
        .ifPresent(entry -> found.add(new SourceMatch(RootedPath.name(below), below, entry)));
  }
}
