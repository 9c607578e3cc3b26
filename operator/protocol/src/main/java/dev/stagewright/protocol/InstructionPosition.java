package dev.stagewright.protocol;

/**
 * The position of an instruction in a Dockerfile.
 *
 * @param file path of the Dockerfile in the source
 * @param line first line of the instruction, counted from 1
 * @param instruction the instruction as Docker's output shows it: on one line, with continuation
 *     lines joined
 */
public record InstructionPosition(String file, int line, String instruction) {
  private static final int LARGEST_INSTRUCTION = 600;

  public InstructionPosition {
    instruction = PrintableText.line(instruction, LARGEST_INSTRUCTION);
  }
}
