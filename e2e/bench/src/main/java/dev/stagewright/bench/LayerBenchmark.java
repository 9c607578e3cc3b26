package dev.stagewright.bench;

import dev.stagewright.layers.Compression;
import dev.stagewright.layers.LayerBlob;
import dev.stagewright.layers.LayerWriter;
import dev.stagewright.layers.gzip.ParallelGzipStream;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.layers.tar.TarEntry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Throughput of layers, in MiB of uncompressed tar per second: 64 MiB, of which one half is text,
 * one quarter is random data, and one quarter is zeros. The JVM options are those of the stage
 * runtime.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 2, time = 3)
@Measurement(iterations = 3, time = 3)
@Fork(
    value = 1,
    jvmArgs = {"-XX:+UseSerialGC", "-Xmx80m", "-Xmn8m", "--sun-misc-unsafe-memory-access=allow"})
public class LayerBenchmark {
  private static final int FILES = 64;
  private static final int LEVEL = 6;

  private final byte[] content = content(1 << 20);
  private Path blobs = Path.of("");

  private static byte[] content(int size) {
    var random = new Random(42);
    var text = new StringBuilder();
    while (text.length() < size / 2) {
      text.append("call(").append(random.nextInt(3000)).append(", value);\n");
    }
    var bytes = new byte[size];
    random.nextBytes(bytes);
    System.arraycopy(text.toString().getBytes(StandardCharsets.US_ASCII), 0, bytes, 0, size / 2);
    Arrays.fill(bytes, size / 4 * 3, size, (byte) 0);
    return bytes;
  }

  /** Creates a folder for blobs. */
  @Setup
  public void create() throws IOException {
    blobs = Files.createTempDirectory("layers");
  }

  /** Deletes the folder. */
  @TearDown
  public void delete() throws IOException {
    try (var files = Files.list(blobs)) {
      for (var file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(blobs);
  }

  /** Gzip with one thread. */
  @Benchmark
  @OperationsPerInvocation(FILES)
  public void gzipOneThread() throws IOException {
    gzip(1);
  }

  /** Gzip with two threads. */
  @Benchmark
  @OperationsPerInvocation(FILES)
  public void gzipTwoThreads() throws IOException {
    gzip(2);
  }

  private void gzip(int threads) throws IOException {
    try (var out = new ParallelGzipStream(OutputStream.nullOutputStream(), LEVEL, threads)) {
      for (var i = 0; i < FILES; i++) {
        out.write(content);
      }
    }
  }

  /** Only the digest. */
  @Benchmark
  @OperationsPerInvocation(FILES)
  public Digest digest() {
    var sha256 = Digest.newMessageDigest();
    for (var i = 0; i < FILES; i++) {
      sha256.update(content);
    }
    return Digest.of(sha256);
  }

  /** A gzip layer, including both digests and the file. */
  @Benchmark
  @OperationsPerInvocation(FILES)
  public LayerBlob gzipLayer() throws IOException {
    return layer(Compression.GZIP);
  }

  /** A zstd layer, including both digests and the file. */
  @Benchmark
  @OperationsPerInvocation(FILES)
  public LayerBlob zstdLayer() throws IOException {
    return layer(Compression.ZSTD);
  }

  private LayerBlob layer(Compression compression) throws IOException {
    try (var layer = LayerWriter.create(blobs, compression)) {
      for (var i = 0; i < FILES; i++) {
        layer
            .tar()
            .put(TarEntry.file("file" + i, content.length), new ByteArrayInputStream(content));
      }
      return layer.finish();
    }
  }
}
