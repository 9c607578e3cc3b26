package dev.stagewright.dockerfile.lint;

import dev.stagewright.dockerfile.source.Position;

/**
 * Something that a check found.
 *
 * @param rule that is broken
 * @param message in a sentence
 * @param position where
 */
public record Finding(Rule rule, String message, Position position) {
  /** As BuildKit prints it: {@code Rule: message (line 3)}. */
  @Override
  public String toString() {
    return rule.id() + ": " + message + " (line " + position.line() + ")";
  }
}
