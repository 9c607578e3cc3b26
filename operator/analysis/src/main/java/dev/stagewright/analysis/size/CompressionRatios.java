package dev.stagewright.analysis.size;

import dev.stagewright.analysis.image.AnalyzedImage;
import dev.stagewright.analysis.image.ImageLayer;
import dev.stagewright.analysis.layer.LayerFile;
import java.util.List;

/** Estimates the compressed size of files: in a layer, all files compress equally well. */
record CompressionRatios(List<Double> ratios) {

  static CompressionRatios of(AnalyzedImage image) {
    return new CompressionRatios(image.layers().stream().map(CompressionRatios::ratio).toList());
  }

  private static double ratio(ImageLayer layer) {
    var bytes = layer.content().files().stream().mapToLong(LayerFile::size).sum();
    return bytes == 0 ? 0 : (double) layer.size() / bytes;
  }

  long compressed(long bytes, int layer) {
    return Math.round(bytes * ratios.get(layer));
  }
}
