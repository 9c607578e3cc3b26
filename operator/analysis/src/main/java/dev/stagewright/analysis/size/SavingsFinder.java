package dev.stagewright.analysis.size;

import dev.stagewright.analysis.image.BaseLayers;
import dev.stagewright.analysis.size.FileInventory.Hidden;
import dev.stagewright.analysis.size.Rung.Feasibility;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Optional;

/** Finds out what would make an image smaller. */
final class SavingsFinder {
  private static final int MAX_SAVINGS = 10;

  /** Less is not worth a change. */
  private static final long MIN_BYTES = 100_000;

  private static final double MIN_SHARE = 0.01;

  private final FileInventory files;
  private final BaseLayers base;
  private final long total;

  SavingsFinder(FileInventory files, BaseLayers base, long total) {
    this.files = files;
    this.base = base;
    this.total = total;
  }

  Savings find(Ladder ladder) {
    var groups = new FileGroupsFinder(base::contains).find(files.visible());
    var duplicates = new DuplicatesFinder().find(files.visible(), base::contains);
    var all = new ArrayList<Saving>();
    all.add(hidden());
    all.add(duplicates(duplicates.own()));
    groups.forEach(group -> all.add(group(group)));
    base(ladder).ifPresent(all::add);
    var list =
        all.stream()
            .filter(saving -> isWorthIt(saving.amount().compressedBytes()))
            .sorted(Comparator.<Saving>comparingLong(s -> s.amount().compressedBytes()).reversed())
            .limit(MAX_SAVINGS)
            .toList();
    return new Savings(
        list, new HiddenFilesFinder().find(files.hidden()), duplicates.total(), groups);
  }

  private boolean isWorthIt(long bytes) {
    return bytes >= MIN_BYTES && bytes >= total * MIN_SHARE;
  }

  /** Only what the user's own layers have: the base image cannot be changed. */
  private Saving hidden() {
    var sum = new TotalsSum();
    files.hidden().stream()
        .map(Hidden::file)
        .filter(file -> !base.contains(file.layer()))
        .forEach(sum::add);
    return new Saving(
        Saving.Kind.HIDDEN,
        sum.totals(),
        size(sum.totals()) + " are in layers, but deleted or overwritten by later instructions",
        "delete files in the RUN instruction that creates them, use COPY --chown and --chmod"
            + " instead of RUN chown and chmod, and copy the result to a last stage");
  }

  private static Saving duplicates(FileTotals own) {
    return new Saving(
        Saving.Kind.DUPLICATES,
        own,
        size(own) + " are further copies of files that the image already has",
        "copy each file once, and use links (ln) for further names");
  }

  private static Saving group(FileGroup group) {
    return new Saving(
        Saving.Kind.GROUP,
        group.own(),
        size(group.own()) + " are " + group.kind().text(),
        group.kind().fix());
  }

  /** The smallest base on which the same files run. */
  private Optional<Saving> base(Ladder ladder) {
    return ladder.rungs().stream()
        .filter(rung -> rung.feasibility() == Feasibility.POSSIBLE)
        .filter(rung -> rung.size().expected() < total)
        .min(Comparator.comparingLong(rung -> rung.size().expected()))
        .map(rung -> base(rung, ladder));
  }

  private Saving base(Rung rung, Ladder ladder) {
    var saved = total - rung.size().expected();
    var visible = new TotalsSum();
    files.visible().forEach(visible::add);
    var kept = ladder.own().plus(ladder.needs().files());
    var from = rung.dockerfile().stream().filter(line -> line.startsWith("FROM ")).findFirst();
    return new Saving(
        Saving.Kind.BASE,
        new FileTotals(
            Math.max(0, visible.totals().files() - kept.files()),
            Math.max(0, visible.totals().bytes() - kept.bytes()),
            saved),
        "about "
            + new DataSize(saved)
            + " less with another base for the last stage: "
            + rung.reason(),
        "a last stage with "
            + from.orElse("another base")
            + " and COPY --from=…, as in the ladder");
  }

  private static String size(FileTotals totals) {
    return new DataSize(totals.bytes()).toString();
  }
}
