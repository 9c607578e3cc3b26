package dev.stagewright.analysis.size;

import dev.stagewright.analysis.size.FileInventory.Hidden;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Summarizes the hidden files by the layer that has them and the layer that hides them. */
final class HiddenFilesFinder {
  private static final int MAX_PAIRS = 50;
  private static final int MAX_FILES = 20;

  List<HiddenFiles> find(List<Hidden> hidden) {
    record Pair(int layer, int by) {}
    return hidden.stream()
        .collect(Collectors.groupingBy(file -> new Pair(file.file().layer(), file.by())))
        .entrySet()
        .stream()
        .map(entry -> summary(entry.getKey().layer(), entry.getKey().by(), entry.getValue()))
        .sorted(
            Comparator.<HiddenFiles>comparingLong(pair -> pair.total().bytes())
                .reversed()
                .thenComparingInt(HiddenFiles::layer)
                .thenComparingInt(HiddenFiles::hiddenBy))
        .limit(MAX_PAIRS)
        .toList();
  }

  private static HiddenFiles summary(int layer, int by, List<Hidden> files) {
    var sum = new TotalsSum();
    files.forEach(file -> sum.add(file.file()));
    var largest =
        files.stream()
            .sorted(
                Comparator.<Hidden>comparingLong(file -> file.file().bytes())
                    .reversed()
                    .thenComparing(file -> file.file().path()))
            .limit(MAX_FILES)
            .map(file ->
                new HiddenFiles.HiddenFile(file.file().text(), file.file().bytes(), file.cause()))
            .toList();
    return new HiddenFiles(layer, by, sum.totals(), largest);
  }
}
