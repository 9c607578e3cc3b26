package dev.stagewright.dockerfile.instruction;

import java.util.List;

/**
 * SHELL: the shell for the shell form of other instructions.
 *
 * @param statement the untyped form
 * @param shell program and arguments, at least one
 */
public record Shell(Statement statement, List<String> shell) implements Instruction {
  /** Copies the list. */
  public Shell {
    shell = List.copyOf(shell);
  }
}
