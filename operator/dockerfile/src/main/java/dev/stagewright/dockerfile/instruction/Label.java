package dev.stagewright.dockerfile.instruction;

import java.util.List;

/**
 * LABEL: sets labels of the image.
 *
 * @param statement the untyped form
 * @param pairs at least one
 */
public record Label(Statement statement, List<KeyValue> pairs) implements Instruction {
  /** Copies the list. */
  public Label {
    pairs = List.copyOf(pairs);
  }
}
