package dev.stagewright.worker;

import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.Phase;
import dev.stagewright.protocol.Termination;
import dev.stagewright.protocol.TerminationMessage;
import dev.stagewright.stage.linux.ContainerRestrictions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/**
 * Runs a phase to its end: whatever happens becomes a termination message and an exit code.
 *
 * @param phase whose exit codes to use
 * @param terminationLog where the termination message goes
 * @param log where the failure is told
 */
public record PhaseRunner(Phase phase, Path terminationLog, Log log) {
  /** What a phase does. */
  @FunctionalInterface
  public interface Body {
    /**
     * Does the phase's work.
     *
     * @return its last words
     * @throws BuildFailedException if it gives up and has nothing else to tell
     */
    Termination run() throws IOException, InterruptedException;
  }

  /** Runs the phase and returns its exit code. */
  public int run(Body body) {
    try {
      var last = body.run();
      if (last instanceof Termination.Failed failed) {
        return fail(failed);
      }
      write(last);
      return 0;
    } catch (BuildFailedException e) {
      return fail(e.failure());
    } catch (IOException | UncheckedIOException e) {
      return fail(ofIo(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return fail(Failure.of(FailureReason.Internal, "interrupted"));
    } catch (RuntimeException e) {
      LoggerFactory.getLogger(PhaseRunner.class).error("unexpected", e);
      return fail(Failure.of(FailureReason.Internal, "internal error: " + e));
    }
  }

  private static Failure ofIo(Exception failed) {
    var cause =
        failed instanceof UncheckedIOException && failed.getCause() != null
            ? failed.getCause()
            : failed;
    var message = String.valueOf(cause.getMessage());
    if (message.contains("No space left on device") || message.contains("Disk quota exceeded")) {
      return Failure.of(
          FailureReason.WorkspaceFull,
          "the workspace is full (" + message + "); ask for more with spec.workspace.size");
    }
    var restrictions = ContainerRestrictions.ofUser();
    if (!restrictions.isEmpty()) {
      return Failure.of(FailureReason.PodModified, restrictions.explain(String.valueOf(cause)));
    }
    LoggerFactory.getLogger(PhaseRunner.class).error("unexpected", failed);
    return Failure.of(FailureReason.Internal, "I/O error: " + cause);
  }

  private int fail(Failure failure) {
    return fail(new Termination.Failed(failure));
  }

  private int fail(Termination.Failed last) {
    var failure = last.failure();
    log.say("ERROR: " + failure.message());
    failure
        .position()
        .ifPresent(at -> log.say("  at " + at.file() + ":" + at.line() + ": " + at.instruction()));
    try {
      write(last);
    } catch (IOException e) {
      log.say("ERROR: cannot write the termination message: " + e);
    }
    return phase.exitCode(failure.reason());
  }

  private void write(Termination last) throws IOException {
    Files.write(terminationLog, TerminationMessage.write(last));
  }
}
