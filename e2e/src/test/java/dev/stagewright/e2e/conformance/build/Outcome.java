package dev.stagewright.e2e.conformance.build;

import java.time.Instant;

/** The result of a build. */
public sealed interface Outcome {

  /**
   * The build succeeded, and the image is in the registry.
   *
   * @param image reference with digest
   * @param startedAt a time shortly before the build began
   */
  record Pushed(String image, Instant startedAt) implements Outcome {}

  /**
   * The build failed.
   *
   * @param message error message of the builder
   */
  record Failed(String message) implements Outcome {}
}
