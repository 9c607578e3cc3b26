package dev.stagewright.kubectl;

/** Exit codes of the commands that start builds, wait for them, or stop them. */
final class BuildExitCode {
  /** The build succeeded, or has reached what the command waits for. */
  static final int OK = 0;

  /** The build failed or was cancelled, or the command was refused. */
  static final int BUILD_FAILED = 1;

  /** The cluster cannot be reached or rejects the request, or the build does not exist. */
  static final int CLUSTER_ERROR = 3;

  /** The build has not ended before the timeout of the command. */
  static final int TIMEOUT = 4;

  /** The command was interrupted: 128 and the number of SIGINT. */
  static final int INTERRUPTED = 130;

  private BuildExitCode() {}
}
