package dev.stagewright.analysis.size;

import dev.stagewright.analysis.image.AnalyzedImage;
import dev.stagewright.analysis.image.BaseLayers;
import dev.stagewright.analysis.image.ImageLayer;
import java.util.ArrayList;
import java.util.List;

/** Finds out why an image is as big as it is. */
public final class SizeAnalysis {
  /** Enough for a picture. */
  private static final int TREE_NODES = 400;

  private SizeAnalysis() {}

  /** Returns the report about an image. */
  public static SizeReport report(AnalyzedImage image) {
    var files = FileInventory.of(image);
    var base = BaseLayers.of(image);
    var layers = layers(image.layers(), files);
    var total = layers.stream().map(LayerSize::total).reduce(FileTotals.NONE, FileTotals::plus);
    var ladder = new LadderBuilder(image, base, files).build();
    return new SizeReport(
        total,
        layers,
        new FileTreeBuilder(TREE_NODES, layers.size()).build(files.visible()),
        new SavingsFinder(files, base, total.compressedBytes()).find(ladder),
        ladder);
  }

  private static List<LayerSize> layers(List<ImageLayer> layers, FileInventory files) {
    var totals = sums(layers.size());
    var hidden = sums(layers.size());
    files.visible().forEach(file -> totals.get(file.layer()).add(file));
    for (var file : files.hidden()) {
      totals.get(file.file().layer()).add(file.file());
      hidden.get(file.file().layer()).add(file.file());
    }
    var result = new ArrayList<LayerSize>();
    for (var index = 0; index < layers.size(); index++) {
      var layer = layers.get(index);
      var sum = totals.get(index).totals();
      result.add(
          new LayerSize(
              layer.digest(),
              layer.origin(),
              new FileTotals(sum.files(), sum.bytes(), layer.size()),
              hidden.get(index).totals(),
              layer.content().complete()));
    }
    return result;
  }

  private static List<TotalsSum> sums(int count) {
    var sums = new ArrayList<TotalsSum>();
    for (var i = 0; i < count; i++) {
      sums.add(new TotalsSum());
    }
    return sums;
  }
}
