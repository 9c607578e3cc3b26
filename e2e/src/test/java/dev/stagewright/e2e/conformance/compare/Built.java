package dev.stagewright.e2e.conformance.compare;

import dev.stagewright.e2e.conformance.image.Image;
import java.time.Instant;

/**
 * An image and the start of its build. It identifies files with the time of the build, which count
 * as equal although the times of two builds differ.
 *
 * @param since files of base images and contexts are older, and files that the build wrote are not
 */
public record Built(Image image, Instant since) {

  /** Whether a time in the image is the time of its build. */
  boolean isNow(Instant time) {
    return !time.isBefore(since);
  }
}
