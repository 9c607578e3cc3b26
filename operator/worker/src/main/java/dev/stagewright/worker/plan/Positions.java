package dev.stagewright.worker.plan;

import dev.stagewright.dockerfile.eval.EvaluatedInstruction;
import dev.stagewright.dockerfile.instruction.Instruction;
import dev.stagewright.protocol.InstructionPosition;

/**
 * Gives instructions the form in which the plan tells where they stand.
 *
 * @param file the Dockerfile's path inside the source
 */
public record Positions(String file) {

  /** Where an instruction stands. */
  public InstructionPosition of(Instruction instruction) {
    return new InstructionPosition(
        file, instruction.position().line(), instruction.statement().shown());
  }

  /** Where an instruction stands. */
  InstructionPosition of(EvaluatedInstruction instruction) {
    return new InstructionPosition(file, instruction.position().line(), instruction.text());
  }
}
