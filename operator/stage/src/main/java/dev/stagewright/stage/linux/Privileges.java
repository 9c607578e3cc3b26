package dev.stagewright.stage.linux;

/** The privileges of a process in addition to its credentials. */
public enum Privileges {
  /** All privileges of the container. */
  ALL,
  /** The default capabilities of container runtimes, as far as the container has them. */
  DEFAULT,
  /**
   * The default capabilities, and only the system calls that the default seccomp profile of the
   * container runtime allows with them. Requires {@code CAP_SYS_ADMIN}.
   */
  DEFAULT_FILTERED
}
