package dev.stagewright.e2e.conformance.build;

import java.time.Instant;
import java.util.Optional;

/** The result of a build. */
public sealed interface Outcome {

  /**
   * The build succeeded, and the image is in the registry.
   *
   * @param image reference with digest
   * @param startedAt a time shortly before the build began
   * @param wrongCheck what the checks of the image say although it is wrong; empty if nothing is
   */
  record Pushed(String image, Instant startedAt, Optional<String> wrongCheck) implements Outcome {
    /** An image that the builder did not check, or about which all is right. */
    public Pushed(String image, Instant startedAt) {
      this(image, startedAt, Optional.empty());
    }
  }

  /**
   * The build failed.
   *
   * @param message error message of the builder
   */
  record Failed(String message) implements Outcome {}
}
