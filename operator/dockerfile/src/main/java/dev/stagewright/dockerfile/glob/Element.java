package dev.stagewright.dockerfile.glob;

/** A part of a pattern. */
sealed interface Element {

  /** This character. */
  record Literal(int c) implements Element {}

  /** {@code ?}: any one character but the slash. */
  record AnyOne() implements Element {}

  /** {@code *}: any run of characters but the slash. */
  record AnyRun() implements Element {}

  /** {@code **} at the end: anything. */
  record Anything() implements Element {}

  /** {@code **} elsewhere: nothing, or anything that ends with a slash. */
  record AnyFolders() implements Element {}

  /** {@code [a-z]}. */
  record OneOf(CharacterClass characters) implements Element {}
}
