package dev.stagewright.worker.plan;

import dev.stagewright.dockerfile.eval.EvaluatedInstruction;
import dev.stagewright.dockerfile.eval.EvaluatedStage;
import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.InstructionPosition;

/**
 * Creates the positions, and the failures, of the instructions of one stage.
 *
 * @param dockerfile path of the Dockerfile inside the source
 * @param stage the stage
 */
record InstructionLocator(String dockerfile, EvaluatedStage stage) {
  /** The position of the stage's FROM. */
  InstructionPosition from() {
    var from = stage.stage().from();
    return new InstructionPosition(dockerfile, from.position().line(), from.statement().shown());
  }

  /** The position of an instruction. */
  InstructionPosition of(EvaluatedInstruction instruction) {
    return new InstructionPosition(dockerfile, instruction.position().line(), instruction.text());
  }

  /**
   * The failure of an instruction that Stagewright does not support.
   *
   * @param feature the unsupported part of the instruction
   */
  BuildFailedException unsupported(EvaluatedInstruction instruction, String feature) {
    return failure(
        instruction, FailureReason.Unsupported, feature + " is not supported by Stagewright");
  }

  /** The failure of an instruction. */
  BuildFailedException failure(
      EvaluatedInstruction instruction, FailureReason reason, String message) {
    return new BuildFailedException(Failure.at(reason, message, stage.name(), of(instruction)));
  }
}
