package dev.stagewright.kubectl;

/** Exit codes; picocli returns 2 for wrong usage. */
final class CommandExitCode {
  /** The build succeeded, or the requested output was printed. */
  static final int OK = 0;

  /** The build failed or was cancelled. */
  static final int BUILD_FAILED = 1;

  /** The build or the stage does not exist. */
  static final int NOT_FOUND = 3;

  /** The cluster cannot be reached or rejected the request. */
  static final int CLUSTER_ERROR = 4;

  private CommandExitCode() {}
}
