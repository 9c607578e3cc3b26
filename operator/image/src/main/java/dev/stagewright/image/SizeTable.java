package dev.stagewright.image;

import dev.stagewright.layers.LayerBlob;
import dev.stagewright.protocol.Mounts;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * The sizes of the parts of the image.
 *
 * @param rows the rows by name
 */
record SizeTable(Map<String, Size> rows) {

  /**
   * The size of a part in bytes.
   *
   * @param onDisk the size as files
   * @param compressed the size in a layer
   */
  record Size(long onDisk, long compressed) {
    Size plus(Size other) {
      return new Size(onDisk + other.onDisk, compressed + other.compressed);
    }
  }

  static SizeTable of(RuntimeTree tree, Map<String, LayerBlob> layers) throws IOException {
    var rows = new LinkedHashMap<String, Size>();
    var parts =
        List.of(
            tree.libraries(),
            tree.runtime(Profile.STAGE),
            tree.jars(Profile.STAGE),
            tree.at(Profile.STAGE.cache(Mounts.RUNTIME)));
    var stage = new Size(0, 0);
    for (var part : parts) {
      var size = measure(part);
      rows.put("  " + tree.directory().relativize(part), size);
      stage = stage.plus(size);
    }
    rows.put("stage runtime", stage);
    var image = new Size(0, 0);
    for (var layer : layers.entrySet()) {
      var size = new Size(layer.getValue().uncompressedSize(), layer.getValue().blob().size());
      rows.put("  layer: " + layer.getKey(), size);
      image = image.plus(size);
    }
    rows.put("image", image);
    return new SizeTable(rows);
  }

  private static Size measure(Path part) throws IOException {
    if (Files.notExists(part)) {
      return new Size(0, 0);
    }
    var size = new Size(0, 0);
    try (var files = Files.walk(part)) {
      for (var file :
          files.filter(f -> Files.isRegularFile(f, LinkOption.NOFOLLOW_LINKS)).toList()) {
        size = size.plus(new Size(Files.size(file), compressed(file)));
      }
    }
    return size;
  }

  private static long compressed(Path file) throws IOException {
    var deflater = new Deflater(Deflater.DEFAULT_COMPRESSION);
    try (var in = new BufferedInputStream(Files.newInputStream(file));
        var out = new DeflaterOutputStream(OutputStream.nullOutputStream(), deflater)) {
      in.transferTo(out);
      out.finish();
      return deflater.getBytesWritten();
    } finally {
      deflater.end();
    }
  }

  void print(PrintStream out) {
    out.printf("%-34s %10s %12s%n", "image", "on disk", "compressed");
    rows.forEach((name, size) ->
        out.printf(
            "%-34s %7.1f MB %9.1f MB%n", name, size.onDisk() / 1e6, size.compressed() / 1e6));
  }
}
