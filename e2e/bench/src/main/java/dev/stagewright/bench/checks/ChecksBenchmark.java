package dev.stagewright.bench.checks;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Measures the checks of images, each in a JVM that has just started. */
public final class ChecksBenchmark {
  private static final int RUNS = 5;
  private static final int SMALLEST_HEAP = 8;
  private static final int LARGEST_HEAP = 256;

  private ChecksBenchmark() {}

  /**
   * Measures layers.
   *
   * @param names of the layers, separated by commas
   */
  public static void main(String[] names) throws IOException, InterruptedException {
    System.out.printf("%-36s %10s %10s %10s %10s%n", "layer", "heap", "reading", "rules", "report");
    for (var name : names[0].split(",")) {
      measure(SampleLayer.valueOf(name.toUpperCase(Locale.ROOT)));
    }
  }

  private static void measure(SampleLayer sample) throws IOException, InterruptedException {
    var folder = Files.createTempDirectory("checks");
    var layer = sample.create(folder);
    try {
      var heap = smallestHeap(layer);
      var runs = new Cost[RUNS];
      for (var run = 0; run < RUNS; run++) {
        runs[run] = check(layer, Math.max(heap, 64)).orElseThrow();
      }
      System.out.printf(
          "%-36s %6d MiB %7d ms %7d ms %7d kB%n",
          sample.description(),
          heap,
          median(Stream.of(runs).mapToLong(Cost::readingMillis)),
          median(Stream.of(runs).mapToLong(Cost::rulesMillis)),
          runs[0].reportKilobytes());
    } finally {
      Files.delete(layer);
      Files.delete(folder);
    }
  }

  private static long median(LongStream values) {
    return values.sorted().skip(RUNS / 2).findFirst().orElseThrow();
  }

  /** The smallest heap in MiB, as a multiple of 8, in which the checks complete. */
  private static int smallestHeap(Path layer) throws IOException, InterruptedException {
    for (var heap = SMALLEST_HEAP; heap <= LARGEST_HEAP; heap += 8) {
      if (check(layer, heap).isPresent()) {
        return heap;
      }
    }
    throw new IllegalStateException("the checks need more than %d MiB".formatted(LARGEST_HEAP));
  }

  /** What the checks of a layer cost. */
  private record Cost(long readingMillis, long rulesMillis, long reportKilobytes) {
    static Cost parse(String line) {
      var numbers = Stream.of(line.strip().split(" ")).mapToLong(Long::parseLong).toArray();
      return new Cost(numbers[0], numbers[1], numbers[2]);
    }
  }

  /** Checks a layer in a JVM with the options of the worker; empty if the heap is too small. */
  private static Optional<Cost> check(Path layer, int heap)
      throws IOException, InterruptedException {
    var command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-Xmx" + heap + "m",
            "-XX:+ExitOnOutOfMemoryError",
            "-classpath",
            System.getProperty("java.class.path"),
            ChecksProcess.class.getName(),
            layer.toString());
    var process = new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor() == 0
        ? Optional.of(Cost.parse(output.lines().toList().getLast()))
        : Optional.empty();
  }
}
