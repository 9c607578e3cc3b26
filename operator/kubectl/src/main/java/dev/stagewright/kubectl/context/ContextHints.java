package dev.stagewright.kubectl.context;

import dev.stagewright.analysis.size.DataSize;
import dev.stagewright.kubectl.context.FolderScan.ScannedFile;
import dev.stagewright.layers.tar.RawName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Advice on a context that probably has files that the build does not need.
 *
 * @param files of the context
 * @param hasIgnoreFile whether an ignore file applies
 */
record ContextHints(List<ScannedFile> files, boolean hasIgnoreFile) {
  private static final long LARGE = 1L << 30;

  /** Smaller directories do not matter. */
  private static final long NOTABLE = 20L << 20;

  private static final int SHOWN = 3;

  /** Directories that a build creates itself or does not need. */
  private static final Set<String> USUALLY_IGNORED =
      Set.of(".git", "node_modules", "target", ".venv", "venv", ".gradle", "__pycache__", ".next");

  List<String> list() {
    var hints = new ArrayList<String>();
    var ignorable = sizes(this::ignorable);
    ignorable.entrySet().stream()
        .filter(directory -> directory.getValue() >= NOTABLE)
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .limit(SHOWN)
        .forEach(directory ->
            hints.add(
                "%s of the context are in %s; if the build does not need it, add the line \"%s\" to %s"
                    .formatted(
                        new DataSize(directory.getValue()),
                        directory.getKey(),
                        directory.getKey(),
                        ignoreFile())));
    var total = files.stream().mapToLong(file -> file.entry().size()).sum();
    if (total > LARGE) {
      hints.add(
          "the context is large; its largest parts are "
              + largest()
              + ". Files in "
              + ignoreFile()
              + " are not sent");
    }
    return hints;
  }

  private String ignoreFile() {
    return hasIgnoreFile ? "the ignore file" : "a file .dockerignore";
  }

  private String largest() {
    return sizes(ContextHints::topLevel).entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
        .limit(SHOWN)
        .map(entry -> entry.getKey() + " (" + new DataSize(entry.getValue()) + ")")
        .collect(Collectors.joining(", "));
  }

  private Map<String, Long> sizes(Function<String, String> group) {
    return files.stream()
        .collect(
            Collectors.groupingBy(
                file -> group.apply(RawName.text(file.entry().name())),
                Collectors.summingLong(file -> file.entry().size())))
        .entrySet()
        .stream()
        .filter(entry -> !entry.getKey().isEmpty())
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static String topLevel(String path) {
    return path.split("/", 2)[0];
  }

  /** The path up to the first directory that is usually ignored; empty if there is none. */
  private String ignorable(String path) {
    var end = -1;
    for (var part : path.split("/", -1)) {
      end += part.length() + 1;
      if (USUALLY_IGNORED.contains(part) && end < path.length()) {
        return path.substring(0, end);
      }
    }
    return "";
  }
}
