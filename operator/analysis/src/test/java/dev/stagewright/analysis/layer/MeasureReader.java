package dev.stagewright.analysis.layer;

import dev.stagewright.analysis.image.ImageFiles;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/**
 * Prints the speed of {@link LayerReader} for archives, and the memory of what it keeps; not a
 * test.
 */
final class MeasureReader {
  private static final int ROUNDS = 3;

  private MeasureReader() {}

  public static void main(String[] archives) throws IOException {
    for (var archive : archives) {
      for (var round = 0; round < ROUNDS; round++) {
        measure(Path.of(archive));
      }
    }
  }

  private static void measure(Path archive) throws IOException {
    try (var in = new Counted(Files.newInputStream(archive))) {
      var start = cpuTime();
      var content = LayerReader.read(in);
      var seconds = (cpuTime() - start - in.nanos) / 1e9;
      var before = usedMemory();
      var files = ImageFiles.of(List.of(content));
      System.out.printf(
          "%s: %d MB in %.2f s of processor time, %.0f MB/s; %d files, %d MB of heap,"
              + " %d MB with the merged files%n",
          archive.getFileName(),
          in.bytes >> 20,
          seconds,
          (in.bytes >> 20) / seconds,
          content.files().size(),
          before,
          usedMemory());
      var json = new ByteArrayOutputStream();
      LayerContents.write(content, json);
      var compressed = new ByteArrayOutputStream();
      try (var gzip = new GZIPOutputStream(compressed)) {
        json.writeTo(gzip);
      }
      System.out.printf(
          "  JSON: %d kB, %d kB with gzip%n", json.size() / 1000, compressed.size() / 1000);
      files.all().stream()
          .filter(file -> !file.facts().secrets().isEmpty())
          .forEach(file -> System.out.println("  " + file.path() + " " + file.facts().secrets()));
      // Both are used until here.
      if (content.files().isEmpty() || files.all().isEmpty()) {
        System.out.println("empty");
      }
    }
  }

  private static long cpuTime() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static long usedMemory() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 20;
  }

  /** Counts the time to read the archive, which does not belong to the reader. */
  private static final class Counted extends FilterInputStream {
    private long bytes;
    private long nanos;

    Counted(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      var start = cpuTime();
      var count = in.read(into, offset, length);
      nanos += cpuTime() - start;
      bytes += Math.max(0, count);
      return count;
    }
  }
}
