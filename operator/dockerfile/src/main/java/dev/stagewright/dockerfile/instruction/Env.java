package dev.stagewright.dockerfile.instruction;

import java.util.List;

/**
 * ENV: sets environment variables.
 *
 * @param statement the untyped form
 * @param pairs at least one
 */
public record Env(Statement statement, List<KeyValue> pairs) implements Instruction {
  /** Copies the list. */
  public Env {
    pairs = List.copyOf(pairs);
  }
}
