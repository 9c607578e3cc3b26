package dev.stagewright.dockerfile.instruction;

import java.util.List;

/**
 * What RUN, CMD and ENTRYPOINT run.
 *
 * @param words the program and its arguments in exec form; at most one text in shell form; may be
 *     empty
 * @param shell whether it is the shell form, so that SHELL goes in front
 */
public record CommandLine(List<String> words, boolean shell) {
  /** Copies the list. */
  public CommandLine {
    words = List.copyOf(words);
  }
}
