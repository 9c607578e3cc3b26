package dev.stagewright.stage.path;

import dev.stagewright.dockerfile.glob.GlobPattern;
import dev.stagewright.layers.tar.RawName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Expands wildcards in a source as BuildKit does: the part before the first wildcard is a
 * directory, whose symbolic links are followed; all paths below it are matched, and a matching
 * directory is not searched further.
 */
public final class Wildcards {
  private final Tree tree;
  private final LinkResolver links;

  /** Expands wildcards in this tree. */
  public Wildcards(Tree tree) {
    this.tree = tree;
    this.links = new LinkResolver(tree);
  }

  /** A tree of files. */
  public interface Tree extends LinkResolver.Links {
    /** The sorted raw names in a directory; none if the path is not a directory. */
    List<String> children(String directory) throws IOException;
  }

  /**
   * The matching raw paths, in the order of a walk.
   *
   * @param source normalized source; a backslash before the first wildcard is part of a name
   * @throws dev.stagewright.dockerfile.glob.BadPatternException if the source is not a valid
   *     pattern
   */
  public List<String> match(String source) throws IOException {
    var split = firstWildcardPart(source);
    if (split < 0) {
      return List.of(source);
    }
    var base = split == 0 ? "" : source.substring(0, split - 1);
    var found = new ArrayList<String>();
    search(
        links.resolve(base), "", GlobPattern.parse(RawName.text(source.substring(split))), found);
    return found;
  }

  private void search(String base, String below, GlobPattern pattern, List<String> found)
      throws IOException {
    var directory = RootedPath.join(base, below);
    for (var name : tree.children(directory)) {
      var relative = RootedPath.join(below, name);
      var path = RootedPath.join(base, relative);
      if (pattern.matches(RawName.text(relative))) {
        found.add(path);
      } else {
        search(base, relative, pattern, found);
      }
    }
  }

  /** Removes the escape characters from a source, or a part of it, without wildcards. */
  public static String unescape(String text) {
    var plain = new StringBuilder(text.length());
    for (var i = 0; i < text.length(); i++) {
      var escape = text.charAt(i) == '\\' && i + 1 < text.length();
      plain.append(text.charAt(escape ? ++i : i));
    }
    return plain.toString();
  }

  /** The start of the first part with a wildcard; -1 if there is none. */
  public static int firstWildcardPart(String source) {
    var start = 0;
    for (var part : source.split("/", -1)) {
      if (GlobPattern.isWildcard(part)) {
        return start;
      }
      start += part.length() + 1;
    }
    return -1;
  }
}
