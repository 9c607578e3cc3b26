package dev.stagewright.stage.linux;

/** What a process may do beyond what its credentials allow. */
public enum Privileges {
  /** Whatever our own container may. */
  ALL,
  /** The capabilities that container runtimes give by default; no more than our own container's. */
  DEFAULT,
  /**
   * The same capabilities, and of the system calls those alone that the container runtime's default
   * profile allows with them. Takes {@code CAP_SYS_ADMIN}.
   */
  DEFAULT_FILTERED
}
