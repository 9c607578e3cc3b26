package dev.stagewright.protocol;

/**
 * Where an instruction stands.
 *
 * @param file the Dockerfile's path inside the source
 * @param line its first line, counted from 1
 * @param instruction the instruction as users know it from Docker's output: on one line,
 *     continuations joined, at most 200 characters
 */
public record InstructionPosition(String file, int line, String instruction) {
  private static final int LARGEST_INSTRUCTION = 600;

  public InstructionPosition {
    instruction = PrintableText.line(instruction, LARGEST_INSTRUCTION);
  }
}
