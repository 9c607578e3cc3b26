package dev.stagewright.dockerfile.lint;

import dev.stagewright.dockerfile.source.Position;

/**
 * A finding of a lint check.
 *
 * @param rule the violated rule
 * @param message description of the finding
 * @param position of the finding
 */
public record Finding(Rule rule, String message, Position position) {
  /** The format of BuildKit: {@code Rule: message (line 3)}. */
  @Override
  public String toString() {
    return rule.id() + ": " + message + " (line " + position.line() + ")";
  }
}
