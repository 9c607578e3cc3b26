package dev.stagewright.protocol;

import java.util.Locale;

/** A phase of a build: a subcommand of the image with its own range of exit codes. */
public enum Phase {
  PREPARE(20),
  STAGE(30),
  PUBLISH(40);

  private final int firstExitCode;

  Phase(int firstExitCode) {
    this.firstExitCode = firstExitCode;
  }

  /** The name of the subcommand, in lower case. */
  String subcommand() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Whether the log of the phase is trusted: it contains no output of commands of the user, so its
   * last line can report the result.
   */
  boolean hasTrustedLog() {
    return this != STAGE;
  }

  /**
   * The exit code for a failure: the first code of the range for a mistake of the user, the second
   * for a fault of the infrastructure, the third for an internal error.
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
