package dev.stagewright.dockerfile.instruction;

import java.util.List;

/**
 * SHELL: what the shell form of other instructions runs in.
 *
 * @param statement what it was read from
 * @param shell program and arguments, at least one
 */
public record Shell(Statement statement, List<String> shell) implements Instruction {
  /** Copies the list. */
  public Shell {
    shell = List.copyOf(shell);
  }
}
