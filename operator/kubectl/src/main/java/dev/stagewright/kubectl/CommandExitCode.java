package dev.stagewright.kubectl;

/** Exit codes; picocli returns 2 for wrong usage. */
final class CommandExitCode {
  /** The build succeeded, or the requested output was printed. */
  static final int OK = 0;

  /** The build failed or was cancelled. */
  static final int BUILD_FAILED = 1;

  /** The image has findings that the command is to fail on. */
  static final int FINDINGS = 1;

  /** The build, the stage, or the image does not exist. */
  static final int NOT_FOUND = 3;

  /** The cluster or the registry cannot be reached or rejected the request. */
  static final int CLUSTER_ERROR = 4;

  private CommandExitCode() {}
}
