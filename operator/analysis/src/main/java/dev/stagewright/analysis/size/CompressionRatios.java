package dev.stagewright.analysis.size;

import dev.stagewright.analysis.image.AnalyzedImage;
import dev.stagewright.analysis.image.ImageLayer;
import dev.stagewright.analysis.layer.LayerFile;

/** Estimates the compressed size of files: in a layer, all files compress equally well. */
record CompressionRatios(double[] ratios) {

  static CompressionRatios of(AnalyzedImage image) {
    return new CompressionRatios(
        image.layers().stream().mapToDouble(CompressionRatios::ratio).toArray());
  }

  private static double ratio(ImageLayer layer) {
    var bytes = layer.content().files().stream().mapToLong(LayerFile::size).sum();
    return bytes == 0 ? 0 : (double) layer.size() / bytes;
  }

  long compressed(long bytes, int layer) {
    return Math.round(bytes * ratios[layer]);
  }
}
