package dev.stagewright.kubectl.progress;

/** How progress is shown: the value of {@code --progress}. */
public enum ProgressMode {
  /** {@link #TTY} on a terminal that can be redrawn, otherwise {@link #PLAIN}. */
  AUTO,
  /** A line a stage, redrawn in place. */
  TTY,
  /** Lines, such as {@code #5 [builder 3/7] RUN make}. */
  PLAIN,
  /** JSON objects, one a line. */
  JSON,
  /** Nothing but failures. */
  QUIET
}
