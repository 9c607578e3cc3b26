package dev.stagewright.e2e.conformance.compare;

import dev.stagewright.e2e.conformance.image.Image;
import java.time.Instant;

/**
 * An image and when its build began: a time that is not before it stands for "now", which no two
 * builds share.
 */
public record Built(Image image, Instant startedAt) {

  boolean isNow(Instant time) {
    return !time.isBefore(startedAt.truncatedTo(java.time.temporal.ChronoUnit.SECONDS));
  }
}
