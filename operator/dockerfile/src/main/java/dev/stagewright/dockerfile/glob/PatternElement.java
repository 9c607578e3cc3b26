package dev.stagewright.dockerfile.glob;

/** A part of a pattern. */
sealed interface PatternElement {

  /** This character. */
  record Literal(int c) implements PatternElement {}

  /** {@code ?}: any one character but the slash. */
  record AnyOne() implements PatternElement {}

  /** {@code *}: any run of characters but the slash. */
  record AnyRun() implements PatternElement {}

  /** {@code **} at the end: anything. */
  record Anything() implements PatternElement {}

  /** {@code **} elsewhere: nothing, or anything that ends with a slash. */
  record AnyFolders() implements PatternElement {}

  /** {@code [a-z]}. */
  record OneOf(CharacterClass characters) implements PatternElement {}
}
