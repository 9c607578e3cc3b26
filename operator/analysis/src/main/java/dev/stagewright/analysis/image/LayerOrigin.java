package dev.stagewright.analysis.image;

import java.util.Optional;

/**
 * Where a layer comes from.
 *
 * @param instruction that made it, as in the history of the image; empty if unknown
 * @param line of the instruction in the Dockerfile; empty if it is not in the Dockerfile of this
 *     build
 * @param stage of the instruction; empty if unknown
 * @param base whether it belongs to the base image
 */
public record LayerOrigin(
    Optional<String> instruction, Optional<Integer> line, Optional<String> stage, boolean base) {
  /** A layer of the base image, made by an unknown instruction. */
  public static final LayerOrigin OF_BASE =
      new LayerOrigin(Optional.empty(), Optional.empty(), Optional.empty(), true);
}
