package dev.stagewright.cli;

/** Exit codes; picocli's own 2 means wrong usage. */
final class ExitCodes {
  /** All is well. */
  static final int OK = 0;

  /** There are findings as severe as was asked for. */
  static final int FINDINGS = 1;

  /** A file cannot be read. */
  static final int UNREADABLE = 2;

  /** The Dockerfile does not build. */
  static final int BROKEN = 3;

  private ExitCodes() {}
}
