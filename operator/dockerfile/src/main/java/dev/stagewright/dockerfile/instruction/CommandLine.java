package dev.stagewright.dockerfile.instruction;

import java.util.List;

/**
 * The command of RUN, CMD or ENTRYPOINT.
 *
 * @param words the program and its arguments in exec form, or one text in shell form; can be empty
 * @param shell whether the command has shell form and runs in the SHELL
 */
public record CommandLine(List<String> words, boolean shell) {
  /** Copies the list. */
  public CommandLine {
    words = List.copyOf(words);
  }
}
