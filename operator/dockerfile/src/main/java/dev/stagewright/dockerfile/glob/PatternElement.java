package dev.stagewright.dockerfile.glob;

/** An element of a pattern. */
sealed interface PatternElement {

  /** A literal character. */
  record Literal(int c) implements PatternElement {}

  /** {@code ?}: one character except the slash. */
  record AnyOne() implements PatternElement {}

  /** {@code *}: zero or more characters except the slash. */
  record AnyRun() implements PatternElement {}

  /** {@code **} at the end: zero or more characters. */
  record Anything() implements PatternElement {}

  /** {@code **} elsewhere: the empty string, or any string that ends with a slash. */
  record AnyFolders() implements PatternElement {}

  /** {@code [a-z]}. */
  record OneOf(CharacterClass characters) implements PatternElement {}
}
