package dev.stagewright.worker.plan;

import dev.stagewright.dockerfile.eval.EvaluatedInstruction;
import dev.stagewright.dockerfile.instruction.Instruction;
import dev.stagewright.protocol.Position;

/**
 * Gives instructions the form in which the plan tells where they stand.
 *
 * @param file the Dockerfile's path inside the source
 */
public record Places(String file) {

  /** Where an instruction stands. */
  public Position of(Instruction instruction) {
    return new Position(file, instruction.position().line(), instruction.statement().shown());
  }

  /** Where an instruction stands. */
  Position of(EvaluatedInstruction instruction) {
    return new Position(file, instruction.position().line(), instruction.text());
  }
}
