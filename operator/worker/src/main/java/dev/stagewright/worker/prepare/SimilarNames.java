package dev.stagewright.worker.prepare;

import dev.stagewright.layers.tar.RawName;
import dev.stagewright.layers.tar.TarEntry;
import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.worker.source.SourceEntry;
import dev.stagewright.worker.source.SourceTree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Searches a source for files with names that are similar to a missing path.
 *
 * @param path the missing path
 */
record SimilarNames(String path) {
  private static final int MOST = 5;

  /** The maximum number of entries to search. */
  private static final int WALKED = 50_000;

  /** The paths of at most five similar files, files in fewer directories first. */
  List<String> in(SourceTree source) throws IOException {
    var found = new ArrayList<String>();
    var seen = new int[1];
    try {
      source.walk(entry -> {
        if (++seen[0] > WALKED) {
          throw new EnoughException();
        }
        var name = RawName.text(entry.path());
        if (isFile(entry) && isSimilar(name)) {
          found.add(name);
        }
      });
    } catch (EnoughException | BuildFailedException _) {
      // Use the files that were found before the error.
    }
    return found.stream().sorted((a, b) -> Long.compare(depth(a), depth(b))).limit(MOST).toList();
  }

  private static boolean isFile(SourceEntry entry) {
    return switch (entry) {
      case SourceEntry.File _ -> true;
      case SourceEntry.Exact exact -> exact.entry().type() == TarEntry.Type.FILE;
      case SourceEntry.Directory _, SourceEntry.Link _ -> false;
    };
  }

  private boolean isSimilar(String candidate) {
    var name = name(candidate);
    var wanted = name(path);
    return !name.endsWith(DockerfileText.IGNORE)
        && (name.equals(wanted)
            || Stream.of("dockerfile", "containerfile").anyMatch(name::contains)
            || isMisspelled(name, wanted));
  }

  /**
   * Whether the names differ by one inserted, deleted or replaced letter, or by two swapped
   * letters.
   */
  private static boolean isMisspelled(String name, String wanted) {
    var start = 0;
    var shorter = Math.min(name.length(), wanted.length());
    while (start < shorter && name.charAt(start) == wanted.charAt(start)) {
      start++;
    }
    var end = 0;
    while (end < shorter - start
        && name.charAt(name.length() - 1 - end) == wanted.charAt(wanted.length() - 1 - end)) {
      end++;
    }
    var differs = Math.max(name.length(), wanted.length()) - start - end;
    return wanted.length() > 2 && differs <= 2;
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
  }

  private static long depth(String path) {
    return path.chars().filter(c -> c == '/').count();
  }

  private static final class EnoughException extends RuntimeException {
    private static final long serialVersionUID = 1;
  }
}
