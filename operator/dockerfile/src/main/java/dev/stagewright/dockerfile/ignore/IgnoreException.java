package dev.stagewright.dockerfile.ignore;

/** A syntax error in an ignore file; the message contains the line and its text. */
public final class IgnoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int line;

  IgnoreException(int line, String reason) {
    super(reason);
    this.line = line;
  }

  /** The line number, counted from 1; 0 for a pattern that is not from a file. */
  public int line() {
    return line;
  }
}
