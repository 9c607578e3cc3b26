package dev.stagewright.worker.plan;

import dev.stagewright.dockerfile.eval.EvaluatedInstruction;
import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;

/**
 * Failures at the instructions of one stage.
 *
 * @param stage its name
 * @param places gives positions
 */
record StageFailures(String stage, Positions places) {

  /** Stages cannot do what the instruction asks for. */
  BuildFailedException unsupported(EvaluatedInstruction at, String what) {
    return of(at, FailureReason.Unsupported, what + " is not supported by Stagewright");
  }

  BuildFailedException of(EvaluatedInstruction at, FailureReason reason, String message) {
    return new BuildFailedException(Failure.at(reason, message, stage, places.of(at)));
  }
}
