package dev.stagewright.cli;

/**
 * The exit codes of all commands; picocli also exits with 2, for wrong usage. 3 and 4 depend on the
 * kind of the command: it starts, awaits, or stops builds, or it only reads.
 */
public final class ExitCode {
  /** The command has done what it is for. */
  public static final int OK = 0;

  /** The build failed or was cancelled, or the command was refused. */
  public static final int BUILD_FAILED = 1;

  /** There are findings that the command is to fail on. */
  public static final int FINDINGS = 1;

  /** The user has not confirmed what the command would do. */
  public static final int NOT_CONFIRMED = 1;

  /** A file cannot be read. */
  public static final int UNREADABLE = 2;

  /** The Dockerfile cannot be built. */
  public static final int INVALID_DOCKERFILE = 3;

  /**
   * Commands that start, await, or stop builds: the cluster cannot be reached or rejects the
   * request, or the build does not exist.
   */
  public static final int CLUSTER_ERROR = 3;

  /** The same commands: the build has not ended before the timeout of the command. */
  public static final int TIMEOUT = 4;

  /** Commands that read: the build, the stage, or the image does not exist. */
  public static final int NOT_FOUND = 3;

  /** Commands that read: the cluster or the registry cannot be reached or rejects the request. */
  public static final int READ_FAILED = 4;

  /** The command was interrupted: 128 and the number of SIGINT. */
  public static final int INTERRUPTED = 130;

  private ExitCode() {}
}
