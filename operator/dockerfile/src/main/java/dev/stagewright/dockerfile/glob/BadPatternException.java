package dev.stagewright.dockerfile.glob;

import dev.stagewright.dockerfile.source.GoText;

/** A pattern with invalid syntax. */
public final class BadPatternException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String pattern;

  BadPatternException(String pattern) {
    super("syntax error in pattern: " + GoText.quote(pattern));
    this.pattern = pattern;
  }

  /** The pattern. */
  public String pattern() {
    return pattern;
  }
}
