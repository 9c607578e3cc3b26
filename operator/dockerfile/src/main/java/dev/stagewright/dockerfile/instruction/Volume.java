package dev.stagewright.dockerfile.instruction;

import java.util.List;

/**
 * VOLUME: mount points.
 *
 * @param statement the untyped form
 * @param paths at least one
 */
public record Volume(Statement statement, List<String> paths) implements Instruction {
  /** Copies the list. */
  public Volume {
    paths = List.copyOf(paths);
  }
}
