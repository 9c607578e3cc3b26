package dev.stagewright.bench.checks;

import dev.stagewright.layers.Compression;
import dev.stagewright.layers.LayerWriter;
import dev.stagewright.layers.tar.TarEntry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;

/** The layers that the benchmark checks. */
enum SampleLayer {
  /** The layer of the workload {@code files-100k} of the comparison of builders. */
  FILES("100,000 files of one line") {
    @Override
    void write(LayerWriter layer) throws IOException {
      writeFiles(layer, _ -> 1);
    }
  },

  /** Files that are large enough to be compared with each other, and text that is searched. */
  SOURCES("100,000 source files of 5 kB") {
    @Override
    void write(LayerWriter layer) throws IOException {
      var random = new Random(1);
      writeFiles(layer, _ -> 20 + random.nextInt(200));
    }
  },

  /** The layer of the workload {@code noise}. */
  NOISE("one file of 2 GB of random data") {
    @Override
    void write(LayerWriter layer) throws IOException {
      layer.tar().put(TarEntry.file("noise", NOISE_BYTES), new Noise(NOISE_BYTES));
    }
  };

  private static final long NOISE_BYTES = 2_000_000_000;
  private static final int FILE_COUNT = 100_000;
  private static final int PER_DIRECTORY = 1000;

  private final String description;

  SampleLayer(String description) {
    this.description = description;
  }

  String description() {
    return description;
  }

  abstract void write(LayerWriter layer) throws IOException;

  /** Writes the layer into a folder, and returns its file. */
  Path create(Path folder) throws IOException {
    try (var layer = LayerWriter.create(folder, Compression.GZIP)) {
      write(layer);
      return folder.resolve(layer.finish().blob().digest().hex());
    }
  }

  /** The number of lines of a file. */
  private interface Lines {
    int of(int file);
  }

  private static void writeFiles(LayerWriter layer, Lines lines) throws IOException {
    for (var number = 0; number < FILE_COUNT; number++) {
      var directory = "files/" + number / PER_DIRECTORY;
      if (number % PER_DIRECTORY == 0) {
        layer.tar().put(TarEntry.directory(directory));
      }
      var text = new StringBuilder();
      for (var line = 0; line < lines.of(number); line++) {
        text.append("call(").append(number).append(", value_").append(line).append(");\n");
      }
      var bytes = text.toString().getBytes(StandardCharsets.US_ASCII);
      layer
          .tar()
          .put(
              TarEntry.file(directory + "/" + number % PER_DIRECTORY, bytes.length),
              new ByteArrayInputStream(bytes));
    }
  }

  /** Random data. */
  private static final class Noise extends InputStream {
    private final Random random = new Random(1);
    private final byte[] block = new byte[1 << 16];
    private long left;

    Noise(long bytes) {
      left = bytes;
    }

    @Override
    public int read() {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      if (left == 0) {
        return -1;
      }
      random.nextBytes(block);
      var count = (int) Math.min(Math.min(left, block.length), length);
      System.arraycopy(block, 0, into, offset, count);
      left -= count;
      return count;
    }
  }
}
