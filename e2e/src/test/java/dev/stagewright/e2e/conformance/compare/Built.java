package dev.stagewright.e2e.conformance.compare;

import dev.stagewright.e2e.conformance.image.Image;
import java.time.Instant;

/**
 * An image, and how to know the times that its build gave to files: "now" is another moment in each
 * build, and counts as equal.
 *
 * @param since whatever the image's bases and context hold is older, and whatever its build wrote
 *     is not
 */
public record Built(Image image, Instant since) {

  /** Whether a time in the image is that of its build. */
  boolean isNow(Instant time) {
    return !time.isBefore(since);
  }
}
