package dev.stagewright.stage.linux;

import java.util.List;

/**
 * The kernel files that container runtimes and BuildKit hide from containers. A new {@code /proc}
 * shows all of them.
 */
public final class MaskedKernelPaths {
  /**
   * A directory that only root of the node can read. In a user namespace nobody can read it, and
   * programs that visit all files would fail there.
   */
  public static final String UNREADABLE = "/proc/tty/driver";

  /** Paths that appear empty. */
  static final List<String> HIDDEN =
      List.of(
          "/proc/acpi",
          "/proc/asound",
          "/proc/interrupts",
          "/proc/kcore",
          "/proc/keys",
          "/proc/latency_stats",
          "/proc/sched_debug",
          "/proc/scsi",
          "/proc/timer_list",
          "/proc/timer_stats",
          UNREADABLE,
          "/sys/devices/virtual/powercap",
          "/sys/firmware");

  /** Paths that are read-only. */
  static final List<String> READ_ONLY =
      List.of("/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger");

  private MaskedKernelPaths() {}
}
