package dev.stagewright.dockerfile.instruction;

import java.util.List;
import java.util.Optional;

/**
 * ARG: declares build arguments.
 *
 * @param statement the untyped form
 * @param declarations at least one
 */
public record Arg(Statement statement, List<Declaration> declarations) implements Instruction {
  /** Copies the list. */
  public Arg {
    declarations = List.copyOf(declarations);
  }

  /**
   * The declaration of one argument.
   *
   * @param name of the argument
   * @param value default value
   */
  public record Declaration(String name, Optional<String> value) {
    /** {@code NAME} or {@code NAME=value}. */
    @Override
    public String toString() {
      return name + value.map(v -> "=" + v).orElse("");
    }
  }
}
