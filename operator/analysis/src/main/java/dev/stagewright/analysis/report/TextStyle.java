package dev.stagewright.analysis.report;

/** How a terminal emphasizes text. */
@FunctionalInterface
public interface TextStyle {
  /** No emphasis. */
  TextStyle NONE = (_, text) -> text;

  /** Kinds of text. */
  enum Style {
    PLAIN,
    BOLD,
    DIM,
    GOOD,
    ERROR,
    WARNING,
    HINT
  }

  /** Returns the text with its emphasis. */
  String apply(Style style, String text);
}
