package dev.stagewright.bench.compare.result;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The machine of a comparison.
 *
 * @param model name of the processor
 * @param memoryBytes size of the memory
 */
public record Machine(int processors, String model, long memoryBytes, String kernel) {
  private static final long KIB = 1024;

  /** This machine. */
  public static Machine current() throws IOException {
    return new Machine(
        Runtime.getRuntime().availableProcessors(),
        value(Files.readString(Path.of("/proc/cpuinfo")), "model name"),
        KIB
            * Long.parseLong(
                value(Files.readString(Path.of("/proc/meminfo")), "MemTotal").replace(" kB", "")),
        System.getProperty("os.name") + " " + release(System.getProperty("os.version")));
  }

  /** The first two numbers of the version of a kernel. */
  static String release(String version) {
    return version.replaceFirst("^([0-9]+\\.[0-9]+).*", "$1");
  }

  /** The load average over one minute. */
  public static double loadAverage() throws IOException {
    return Double.parseDouble(Files.readString(Path.of("/proc/loadavg")).split(" ", 2)[0]);
  }

  /** The first value with this key in a file of lines {@code key: value}. */
  static String value(String text, String key) {
    return text.lines()
        .filter(line -> line.startsWith(key))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse("0");
  }

  @Override
  public String toString() {
    return "%d processors (%s), %d GiB of memory, %s"
        .formatted(processors, model, Math.round(memoryBytes / (double) (1 << 30)), kernel);
  }
}
