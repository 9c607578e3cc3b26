package dev.stagewright.dockerfile;

import dev.stagewright.dockerfile.instruction.From;
import dev.stagewright.dockerfile.instruction.Instruction;
import java.util.List;

/**
 * A build stage.
 *
 * @param index position of the stage in the Dockerfile, counted from 0
 * @param from the FROM instruction
 * @param instructions the instructions after FROM, in order
 */
public record Stage(int index, From from, List<Instruction> instructions) {
  /** Copies the list. */
  public Stage {
    instructions = List.copyOf(instructions);
  }

  /** The id of the stage in a plan: {@code s0} for the first stage. */
  public String id() {
    return idOf(index);
  }

  /**
   * The id of the stage at an index.
   *
   * @param index position of the stage in the Dockerfile, counted from 0
   */
  public static String idOf(int index) {
    return "s" + index;
  }

  /** The name of the stage, or its index if it has no name. */
  public String label() {
    return from.name().orElse(Integer.toString(index));
  }
}
