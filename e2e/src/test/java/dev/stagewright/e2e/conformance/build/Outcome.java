package dev.stagewright.e2e.conformance.build;

import java.time.Instant;

/** What became of a build. */
public sealed interface Outcome {

  /**
   * An image is in the registry.
   *
   * @param image by digest
   * @param startedAt a moment before the build began
   */
  record Pushed(String image, Instant startedAt) implements Outcome {}

  /**
   * There is no image.
   *
   * @param message what the builder says to its user
   */
  record Failed(String message) implements Outcome {}
}
