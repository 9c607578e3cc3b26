package dev.stagewright.kubectl;

/** Exit codes; picocli's own 2 means wrong usage. */
final class Exit {
  /** The build succeeded; or what was asked for is shown. */
  static final int OK = 0;

  /** The build failed, or was cancelled. */
  static final int FAILED = 1;

  /** Wrong usage. */
  static final int USAGE = 2;

  /** There is no such build. */
  static final int NOT_FOUND = 3;

  /** The cluster cannot be reached, or refuses. */
  static final int CLUSTER = 4;

  private Exit() {}
}
