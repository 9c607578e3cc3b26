package dev.stagewright.cli;

/** Exit codes of the commands. Picocli also exits with 2, for wrong usage. */
final class ExitCodes {
  /** Success. */
  static final int OK = 0;

  /** There are findings with the severity of {@code --fail-on} or higher. */
  static final int FINDINGS = 1;

  /** A file cannot be read. */
  static final int UNREADABLE = 2;

  /** The Dockerfile cannot be built. */
  static final int INVALID = 3;

  private ExitCodes() {}
}
