package dev.stagewright.analysis.size;

import dev.stagewright.analysis.elf.ElfFile;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/** Sorts the files that a container sees into groups that it probably does not need. */
final class FileGroupsFinder {
  private static final int MAX_PATHS = 10;

  private final FileClassifier classifier = new FileClassifier();
  private final IntPredicate isBase;
  private final Map<GroupKind, Group> groups = new EnumMap<>(GroupKind.class);

  FileGroupsFinder(IntPredicate isBase) {
    this.isBase = isBase;
  }

  List<FileGroup> find(List<SizedFile> files) {
    for (var file : files) {
      classifier
          .classify(file.path())
          .ifPresentOrElse(
              match -> add(match.kind(), match.root(), file), () -> addDebugSymbols(file));
    }
    return groups.entrySet().stream()
        .map(entry -> entry.getValue().summary(entry.getKey()))
        .filter(group -> group.total().bytes() > 0)
        .sorted(
            Comparator.<FileGroup>comparingLong(group -> group.total().bytes())
                .reversed()
                .thenComparing(FileGroup::kind))
        .toList();
  }

  /** The debug symbols of a program are only a part of it. */
  private void addDebugSymbols(SizedFile file) {
    var symbols =
        file.file().facts().elf().map(ElfFile::content).map(ElfFile.Content::debugBytes).orElse(0L);
    if (symbols > 0 && file.bytes() > 0) {
      var bytes = Math.min(symbols, file.bytes());
      var compressed = Math.round((double) file.compressedBytes() * bytes / file.bytes());
      var totals = new FileTotals(1, bytes, compressed);
      group(GroupKind.DEBUG_SYMBOLS).add(file.text(), totals, isBase.test(file.layer()));
    }
  }

  private void add(GroupKind kind, String root, SizedFile file) {
    group(kind).add(SizedFile.text(root), file.totals(), isBase.test(file.layer()));
  }

  private Group group(GroupKind kind) {
    return groups.computeIfAbsent(kind, _ -> new Group());
  }

  private static final class Group {
    private FileTotals total = FileTotals.NONE;
    private FileTotals own = FileTotals.NONE;
    private final Map<String, Long> places = new HashMap<>();

    void add(String place, FileTotals file, boolean base) {
      total = total.plus(file);
      own = base ? own : own.plus(file);
      places.merge(place, file.bytes(), Long::sum);
    }

    FileGroup summary(GroupKind kind) {
      var paths =
          places.entrySet().stream()
              .sorted(
                  Map.Entry.<String, Long>comparingByValue()
                      .reversed()
                      .thenComparing(Map.Entry.comparingByKey()))
              .limit(MAX_PATHS)
              .map(Map.Entry::getKey)
              .toList();
      return new FileGroup(kind, total, own, paths);
    }
  }
}
