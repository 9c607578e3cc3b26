package dev.stagewright.analysis.size;

import dev.stagewright.analysis.image.AnalyzedImage;
import dev.stagewright.analysis.image.BaseLayers;
import dev.stagewright.analysis.image.ImageFile;
import dev.stagewright.analysis.layer.FileFacts;
import dev.stagewright.analysis.program.ProgramFiles;
import dev.stagewright.analysis.size.Rung.Estimate;
import dev.stagewright.analysis.size.Rung.Feasibility;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Estimates what an image would weigh on other bases. */
final class LadderBuilder {
  private static final int MAX_PATHS = 50;

  private final AnalyzedImage image;
  private final BaseLayers base;
  private final CompressionRatios ratios;
  private final ProgramFiles needed;
  private final List<SizedFile> own;
  private final FileClassifier classifier = new FileClassifier();

  LadderBuilder(AnalyzedImage image, BaseLayers base, FileInventory files) {
    this.image = image;
    this.base = base;
    this.ratios = CompressionRatios.of(image);
    this.needed = ProgramFiles.of(image);
    this.own = new OwnFiles(image, base).of(files.visible());
  }

  Ladder build() {
    var rungs = new ArrayList<Rung>();
    rungs.add(current());
    Stream.of(BaseKind.values())
        .filter(kind -> kind != BaseKind.CURRENT)
        .map(this::rung)
        .forEach(rungs::add);
    return new Ladder(needs(), sum(own.stream()), rungs);
  }

  private ProgramNeeds needs() {
    return new ProgramNeeds(
        needed.program(),
        needed.linking(),
        needed.interpreters(),
        totals(needed.files().values()),
        needed.files().keySet().stream().sorted().limit(MAX_PATHS).toList(),
        needed.complete());
  }

  private Rung current() {
    var layers = image.layers();
    var total = 0L;
    var below = 0L;
    for (var layer = 0; layer < layers.size(); layer++) {
      total += layers.get(layer).size();
      below += base.contains(layer) ? layers.get(layer).size() : 0;
    }
    return new Rung(
        BaseKind.CURRENT,
        Feasibility.CURRENT,
        new Estimate(below, total, total),
        base.exist() ? "the base image of this image" : "this image is built from scratch",
        List.of());
  }

  private Rung rung(BaseKind kind) {
    var move = new BaseMove(needed, kind);
    var copied = move.copied();
    var decision = obstacle().orElseGet(move::decide);
    var atLeast = totals(copied.values()).compressedBytes();
    var rest = rest(needed.files().values());
    var size = move.base().compressedBytes();
    return new Rung(
        kind,
        decision.feasibility(),
        new Estimate(size, size + atLeast, size + atLeast + sum(rest.stream()).compressedBytes()),
        decision.reason(),
        decision.feasibility() == Feasibility.IMPOSSIBLE
            ? List.of()
            : new StageLines(image, needed, rest).lines(move, copied.keySet()));
  }

  /** What prevents that the program moves to any other base. */
  private Optional<BaseMove.Decision> obstacle() {
    var program = needed.executable();
    if (program.isEmpty() || needed.runtime().isPresent()) {
      return Optional.empty();
    }
    if (base.contains(program.get())) {
      return Optional.of(BaseMove.impossible("the program belongs to the base image"));
    }
    return classifier
        .classify(program.get().path())
        .filter(match -> match.kind() == GroupKind.TOOLCHAIN)
        .map(_ -> BaseMove.impossible("the program belongs to a tool chain"));
  }

  /** The own files without those that the program needs, also under the names of hard links. */
  private List<SizedFile> rest(Collection<ImageFile> taken) {
    var paths = taken.stream().map(ImageFile::path).collect(Collectors.toSet());
    Set<FileFacts> facts = Collections.newSetFromMap(new IdentityHashMap<>());
    taken.stream().map(ImageFile::facts).filter(f -> !f.equals(FileFacts.NONE)).forEach(facts::add);
    return own.stream()
        .filter(file -> !paths.contains(file.path()) && !facts.contains(file.file().facts()))
        .toList();
  }

  private FileTotals totals(Iterable<ImageFile> files) {
    var total = FileTotals.NONE;
    var seen = new HashSet<String>();
    for (var file : files) {
      if (seen.add(file.path())) {
        var size = file.file().size();
        total = total.plus(new FileTotals(1, size, ratios.compressed(size, file.layer())));
      }
    }
    return total;
  }

  private static FileTotals sum(Stream<SizedFile> files) {
    var sum = new TotalsSum();
    files.forEach(sum::add);
    return sum.totals();
  }
}
