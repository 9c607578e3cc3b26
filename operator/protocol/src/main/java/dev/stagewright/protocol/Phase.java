package dev.stagewright.protocol;

/** A phase of a build, each a subcommand with a range of exit codes of its own. */
public enum Phase {
  PREPARE(20),
  STAGE(30),
  PUSH(40),
  CHECK(50);

  private final int firstExitCode;

  Phase(int firstExitCode) {
    this.firstExitCode = firstExitCode;
  }

  /**
   * The exit code for a failure: the range's first for a user's mistake, then infrastructure, then
   * internal.
   */
  public int exitCode(FailureReason reason) {
    return firstExitCode
        + switch (reason.fault()) {
          case USER -> 0;
          case INFRASTRUCTURE -> 1;
          case INTERNAL -> 2;
        };
  }
}
