package dev.stagewright.dockerfile.source;

/**
 * A position in a Dockerfile.
 *
 * @param line counted from 1
 * @param column counted from 1, in UTF-16 code units; 1 if only the line is known
 */
public record Position(int line, int column) implements Comparable<Position> {
  /** Checks that line and column are positive. */
  public Position {
    if (line < 1 || column < 1) {
      throw new IllegalArgumentException("positions count from 1: " + line + ":" + column);
    }
  }

  @Override
  public int compareTo(Position other) {
    return line != other.line
        ? Integer.compare(line, other.line)
        : Integer.compare(column, other.column);
  }

  /** {@code line:column}. */
  @Override
  public String toString() {
    return line + ":" + column;
  }
}
