package dev.stagewright.cli;

/** The exit codes of all commands, which all use in the same way. */
public final class ExitCode {
  /** The command has done what it is for. */
  public static final int OK = 0;

  /**
   * The build failed or was cancelled, there are findings that the command is to fail on, or the
   * command was refused.
   */
  public static final int FAILED = 1;

  /** A file cannot be read. picocli uses the same code for wrong usage. */
  public static final int UNREADABLE = 2;

  /** The Dockerfile cannot be built. Only for commands that read nothing else. */
  public static final int INVALID_DOCKERFILE = 3;

  /**
   * The cluster or the registry cannot be reached or rejects the request, or the build, the stage,
   * or the image does not exist.
   */
  public static final int UNAVAILABLE = 3;

  /** The build has not ended, or the operator has not answered, before the timeout. */
  public static final int TIMEOUT = 4;

  /** The command was interrupted: 128 and the number of SIGINT. */
  public static final int INTERRUPTED = 130;

  private ExitCode() {}
}
