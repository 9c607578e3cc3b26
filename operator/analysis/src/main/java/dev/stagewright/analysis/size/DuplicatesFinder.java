package dev.stagewright.analysis.size;

import dev.stagewright.analysis.size.Duplicates.DuplicateFile;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;

/** Finds files with equal content among those that a container sees. */
final class DuplicatesFinder {
  private static final int MAX_CONTENTS = 20;
  private static final int MAX_PATHS = 10;

  /**
   * @param total all duplicates
   * @param own all copies of the user's layers that could be removed
   */
  record Result(Duplicates total, FileTotals own) {}

  Result find(List<SizedFile> files, IntPredicate isBase) {
    var copies = copies(files);
    var total = new TotalsSum();
    var own = new TotalsSum();
    for (var same : copies) {
      same.stream().skip(1).forEach(total::add);
      // If the base has the content, all other copies are redundant.
      var removable = same.stream().filter(file -> !isBase.test(file.layer())).toList();
      var kept = removable.size() == same.size() ? 1 : 0;
      removable.stream().skip(kept).forEach(own::add);
    }
    var largest =
        copies.stream()
            .map(DuplicatesFinder::duplicate)
            .sorted(
                Comparator.<DuplicateFile>comparingLong(file -> file.bytes() * (file.copies() - 1))
                    .reversed()
                    .thenComparing(file -> file.paths().getFirst()))
            .limit(MAX_CONTENTS)
            .toList();
    return new Result(new Duplicates(total.totals(), largest), own.totals());
  }

  /** Files with the same digest, the lowest layer first. */
  private static List<List<SizedFile>> copies(List<SizedFile> files) {
    // Most digests occur once: only the others are collected.
    Map<String, Integer> counts = new HashMap<>();
    files.forEach(
        file -> file.file().facts().digest().ifPresent(d -> counts.merge(d, 1, Integer::sum)));
    return files.stream()
        .filter(file -> file.bytes() > 0)
        .filter(
            file -> file.file().facts().digest().map(counts::get).filter(n -> n > 1).isPresent())
        .sorted(Comparator.comparingInt(SizedFile::layer).thenComparing(SizedFile::path))
        .collect(Collectors.groupingBy(file -> file.file().facts().digest().orElseThrow()))
        .values()
        .stream()
        .filter(same -> same.size() > 1)
        .toList();
  }

  private static DuplicateFile duplicate(List<SizedFile> same) {
    return new DuplicateFile(
        same.getFirst().bytes(),
        same.size(),
        same.stream().limit(MAX_PATHS).map(SizedFile::text).toList());
  }
}
