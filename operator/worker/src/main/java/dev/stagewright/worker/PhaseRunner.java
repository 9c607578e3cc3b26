package dev.stagewright.worker;

import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.Phase;
import dev.stagewright.protocol.PhaseRuntime;
import dev.stagewright.stage.linux.ContainerRestrictions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/**
 * Runs a phase of the worker in a {@link PhaseRuntime}, which writes its termination message.
 *
 * @param phase the phase, which defines the exit codes
 * @param terminationLog the file for the termination message
 * @param log receives the failure
 */
public record PhaseRunner(Phase phase, Path terminationLog, Log log) {

  /** Runs the phase and returns its exit code. */
  public int run(PhaseRuntime.Body body) {
    return new PhaseRuntime(
            phase, terminationLog, log::write, PhaseRunner::explain, Optional::empty)
        .run(body);
  }

  private static Failure explain(Exception unexpected) {
    if (!(unexpected instanceof IOException || unexpected instanceof UncheckedIOException)) {
      return internal("internal error: " + unexpected, unexpected);
    }
    var cause =
        unexpected instanceof UncheckedIOException unchecked ? unchecked.getCause() : unexpected;
    var restrictions = ContainerRestrictions.ofUser();
    return restrictions.isEmpty()
        ? internal("I/O error: " + cause, unexpected)
        : Failure.of(FailureReason.PodModified, restrictions.explain(String.valueOf(cause)));
  }

  private static Failure internal(String message, Exception unexpected) {
    LoggerFactory.getLogger(PhaseRunner.class).error("unexpected", unexpected);
    return Failure.of(FailureReason.Internal, message);
  }
}
