package dev.stagewright.analysis.size;

import dev.stagewright.analysis.layer.LayerFile;
import dev.stagewright.layers.tar.RawName;

/**
 * A regular file of a layer, with its estimated compressed size.
 *
 * @param file the entry
 * @param path as in the entry; of another hard link if this entry is hidden, but its content is not
 * @param layer index of the layer
 * @param compressedBytes estimate
 */
record SizedFile(LayerFile file, String path, int layer, long compressedBytes) {
  FileTotals totals() {
    return new FileTotals(1, file.size(), compressedBytes);
  }

  long bytes() {
    return file.size();
  }

  /** The absolute path, for users. */
  String text() {
    return text(path);
  }

  static String text(String path) {
    return "/" + RawName.text(path);
  }
}
