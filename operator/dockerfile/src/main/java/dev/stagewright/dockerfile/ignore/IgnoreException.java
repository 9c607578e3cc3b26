package dev.stagewright.dockerfile.ignore;

/** An ignore file that cannot be read; the message names the line and its text. */
public final class IgnoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int line;

  IgnoreException(int line, String reason) {
    super(reason);
    this.line = line;
  }

  /** The line, counted from 1; 0 for a pattern that stands in no file. */
  public int line() {
    return line;
  }
}
