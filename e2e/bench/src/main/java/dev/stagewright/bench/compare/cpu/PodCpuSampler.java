package dev.stagewright.bench.compare.cpu;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reads the processor time of Pods and containers again and again, because their cgroups are
 * deleted when they end. The time of a container since the last reading is lost; the cgroup of its
 * Pod lives longer.
 *
 * @param cgroups cgroups of the cluster
 * @param usage last processor time by the path of the cgroup
 */
public record PodCpuSampler(Cgroups cgroups, Map<Path, Duration> usage, Thread thread)
    implements AutoCloseable {
  private static final Duration INTERVAL = Duration.ofMillis(20);

  /** The thread sleeps this many times longer than it reads, so that it does not disturb. */
  private static final int SLEEP_FACTOR = 30;

  /** Starts reading. */
  public static PodCpuSampler start(Cgroups cgroups) {
    var usage = new ConcurrentHashMap<Path, Duration>();
    var thread = Thread.ofPlatform().daemon().name("pod-cpu").start(() -> run(cgroups, usage));
    return new PodCpuSampler(cgroups, usage, thread);
  }

  private static void run(Cgroups cgroups, Map<Path, Duration> usage) {
    try {
      while (true) {
        var start = System.nanoTime();
        readAll(cgroups, usage);
        var pause = Duration.ofNanos((System.nanoTime() - start) * SLEEP_FACTOR);
        Thread.sleep(pause.compareTo(INTERVAL) > 0 ? pause : INTERVAL);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** A cgroup can be deleted at any moment, also between opening and reading its file. */
  private static void readAll(Cgroups cgroups, Map<Path, Duration> usage) {
    for (var pod : cgroups.pods()) {
      try {
        read(pod, usage);
        Cgroups.children(pod).forEach(container -> read(container, usage));
      } catch (UncheckedIOException _) {
        // Its last reading remains.
      }
    }
  }

  private static void read(Path cgroup, Map<Path, Duration> usage) {
    var time = Cgroups.usage(cgroup);
    if (!time.isZero()) {
      usage.put(cgroup, time);
    }
  }

  /** The last processor time in seconds of a Pod or container, whose cgroup has this name. */
  public double seconds(String cgroupName) {
    return usage.entrySet().stream()
        .filter(entry -> entry.getKey().endsWith(cgroupName))
        .mapToDouble(entry -> entry.getValue().toNanos() / 1e9)
        .max()
        .orElse(0);
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
