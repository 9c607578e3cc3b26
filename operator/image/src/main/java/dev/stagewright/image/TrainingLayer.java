package dev.stagewright.image;

import dev.stagewright.layers.Compression;
import dev.stagewright.layers.LayerBlob;
import dev.stagewright.layers.LayerWriter;
import dev.stagewright.layers.tar.TarEntry;
import dev.stagewright.layers.tar.TarWriter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** A layer with the kinds of files that the analysis of images looks into. */
final class TrainingLayer {
  /** The content of a layer of this size is recorded in the cache. */
  private static final int INCOMPRESSIBLE = 1200 * 1024;

  private TrainingLayer() {}

  /** Writes the layer to a directory of blobs. */
  static LayerBlob write(Path blobs) throws IOException {
    var random = new byte[INCOMPRESSIBLE];
    new Random(1).nextBytes(random);
    try (var layer = LayerWriter.create(blobs, Compression.GZIP)) {
      var tar = layer.tar();
      tar.put(TarEntry.directory("bin"));
      put(tar, "bin/sh", Files.readAllBytes(program()));
      put(tar, "etc/passwd", bytes("root:x:0:0:root:/root:/bin/sh\n"));
      put(tar, "srv/hello", bytes("#!/bin/sh\necho hello\n"));
      put(tar, "usr/share/data", random);
      return layer.finish();
    }
  }

  /** The launcher of this JVM. */
  private static Path program() {
    return Path.of(System.getProperty("java.home"), "bin", "java");
  }

  private static void put(TarWriter tar, String path, byte[] content) throws IOException {
    tar.put(TarEntry.file(path, content.length), new ByteArrayInputStream(content));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
