package dev.stagewright.dockerfile;

import dev.stagewright.dockerfile.instruction.From;
import dev.stagewright.dockerfile.instruction.Instruction;
import java.util.List;

/**
 * A build stage.
 *
 * @param index its place among the stages, counted from 0
 * @param from where it begins
 * @param instructions those below FROM, in order
 */
public record Stage(int index, From from, List<Instruction> instructions) {
  /** Copies the list. */
  public Stage {
    instructions = List.copyOf(instructions);
  }

  /** Its name, or its index where it has none. */
  public String label() {
    return from.name().orElse(Integer.toString(index));
  }
}
