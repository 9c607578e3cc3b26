package dev.stagewright.dockerfile.eval;

import dev.stagewright.dockerfile.PlatformId;
import dev.stagewright.dockerfile.source.Position;

/**
 * An image that a build needs.
 *
 * @param name as the Dockerfile has it, expanded
 * @param platform of it that is meant
 * @param use what it is needed for
 * @param position of the instruction that names it first
 */
public record RequiredImage(String name, PlatformId platform, Use use, Position position) {
  /** What an image is needed for. */
  public enum Use {
    /** FROM: a stage is built on it. */
    BASE,
    /** COPY --from or RUN --mount=from=: files are taken from it. */
    FILES
  }
}
