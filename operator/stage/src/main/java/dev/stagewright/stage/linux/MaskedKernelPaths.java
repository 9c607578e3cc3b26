package dev.stagewright.stage.linux;

import java.util.List;

/**
 * What container runtimes and BuildKit keep from containers of the kernel's files. A new {@code
 * /proc} shows all of it.
 */
public final class MaskedKernelPaths {
  /**
   * A folder that only the node's root can read. In a user namespace that is nobody, and whatever
   * walks over all files would fail there.
   */
  public static final String UNREADABLE = "/proc/tty/driver";

  /** What is seen as empty. */
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

  /** What cannot be written to. */
  static final List<String> READ_ONLY =
      List.of("/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger");

  private MaskedKernelPaths() {}
}
