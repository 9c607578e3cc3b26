package dev.stagewright.dockerfile.glob;

import dev.stagewright.dockerfile.source.GoText;

/** A pattern with invalid syntax. */
public final class BadPatternException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BadPatternException(String pattern) {
    super("syntax error in pattern: " + GoText.quote(pattern));
  }
}
