package dev.stagewright.analysis.size;

import java.util.List;
import java.util.Optional;

/** Recognizes the files of a group by their path. */
interface PathRule {

  /** The match of a path; empty if it does not belong to the group. */
  Optional<Match> match(String path);

  /** Whether a file that is directly in a directory can belong to the group. */
  default boolean canMatchIn(String directory) {
    return true;
  }

  /** Only the directories of a path decide. */
  interface ByDirectory extends PathRule {
    @Override
    default boolean canMatchIn(String directory) {
      return match(directory + "/").isPresent();
    }
  }

  /**
   * A file that belongs to a group.
   *
   * @param root the directory of the group that the file is in, or the file
   */
  record Match(GroupKind kind, String root) {}

  /** Matches the files below some directories. */
  static ByDirectory at(GroupKind kind, String... directories) {
    var all = List.of(directories);
    return path -> {
      // Loops instead of streams: all rules look at each file.
      for (var directory : all) {
        if (isBelow(path, directory)) {
          return Optional.of(new Match(kind, directory));
        }
      }
      return Optional.empty();
    };
  }

  private static boolean isBelow(String path, String directory) {
    return path.length() > directory.length()
        && path.charAt(directory.length()) == '/'
        && path.startsWith(directory);
  }

  /** Matches the files below directories with these names, wherever they are. */
  static ByDirectory anywhere(GroupKind kind, String... directories) {
    var all = List.of(directories);
    return path -> {
      for (var directory : all) {
        var end = end(path, directory);
        if (end > 0) {
          return Optional.of(new Match(kind, path.substring(0, end)));
        }
      }
      return Optional.empty();
    };
  }

  /** The end of a directory with this name in a path; 0 if there is none. */
  private static int end(String path, String directory) {
    for (var at = path.indexOf(directory); at >= 0; at = path.indexOf(directory, at + 1)) {
      var end = at + directory.length();
      if (end < path.length()
          && path.charAt(end) == '/'
          && (at == 0 || path.charAt(at - 1) == '/')) {
        return end;
      }
    }
    return 0;
  }

  /**
   * Matches files by their name.
   *
   * @param patterns a prefix, an asterisk, and a suffix
   */
  static PathRule named(GroupKind kind, String... patterns) {
    var all = List.of(patterns);
    return path -> {
      var name = path.substring(path.lastIndexOf('/') + 1);
      for (var pattern : all) {
        if (matches(name, pattern)) {
          return Optional.of(new Match(kind, path));
        }
      }
      return Optional.empty();
    };
  }

  private static boolean matches(String name, String pattern) {
    var asterisk = pattern.indexOf('*');
    return name.length() >= pattern.length()
        && name.startsWith(pattern.substring(0, asterisk))
        && name.endsWith(pattern.substring(asterisk + 1));
  }
}
