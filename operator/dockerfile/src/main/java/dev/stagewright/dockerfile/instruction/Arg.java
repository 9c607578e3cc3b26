package dev.stagewright.dockerfile.instruction;

import java.util.List;
import java.util.Optional;

/**
 * ARG: declares build arguments.
 *
 * @param statement what it was read from
 * @param declarations at least one
 */
public record Arg(Statement statement, List<Declaration> declarations) implements Instruction {
  /** Copies the list. */
  public Arg {
    declarations = List.copyOf(declarations);
  }

  /**
   * One name of ARG.
   *
   * @param name of the argument
   * @param value its default
   */
  public record Declaration(String name, Optional<String> value) {
    /** {@code NAME} or {@code NAME=value}. */
    @Override
    public String toString() {
      return name + value.map(v -> "=" + v).orElse("");
    }
  }
}
