package dev.stagewright.protocol;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Runs a phase of a build to its end: every outcome becomes a termination message, an exit code,
 * and, unless commands of the user write to the same log, a {@link LogFrame} as the last line.
 *
 * @param phase the phase, which defines the exit codes
 * @param terminationLog the file for the termination message
 * @param log receives the lines of the log, and writes them as they are
 * @param unexpected explains an exception that is neither a {@link BuildFailedException} nor a full
 *     volume, and logs its stack trace where that helps
 * @param peakMemory reads the peak memory use of the container, in bytes; empty if it is unknown
 */
public record PhaseRuntime(
    Phase phase,
    Path terminationLog,
    Consumer<String> log,
    Function<Exception, Failure> unexpected,
    Supplier<Optional<Long>> peakMemory) {

  /** The work of a phase. */
  @FunctionalInterface
  public interface Body {
    /**
     * Does the work.
     *
     * @return the outcome, which may be a failure with a scan result
     * @throws BuildFailedException if the phase fails
     */
    Termination run() throws IOException, InterruptedException;
  }

  /**
   * Runs the phase, and writes its termination message and the last line of its log.
   *
   * @return the exit code
   */
  public int run(Body body) {
    var termination = outcome(body).withPeakMemory(peakMemory.get());
    if (termination instanceof Termination.Failed failed) {
      log(failed.failure());
    }
    var message = TerminationMessage.write(termination);
    try {
      Files.write(terminationLog, message);
    } catch (IOException e) {
      log.accept("ERROR: cannot write the termination message to " + terminationLog + ": " + e);
      if (!(termination instanceof Termination.Failed)) {
        // Without its message a phase that succeeded has no result.
        return phase.exitCode(FailureReason.Internal);
      }
    }
    if (phase.hasTrustedLog()) {
      log.accept(
          LogFrame.format(LogFrame.Kind.RESULT, new String(message, StandardCharsets.UTF_8)));
    }
    return termination instanceof Termination.Failed failed
        ? phase.exitCode(failed.failure().reason())
        : 0;
  }

  private Termination outcome(Body body) {
    try {
      return body.run();
    } catch (BuildFailedException e) {
      return new Termination.Failed(e.failure());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Termination.Failed(
          Failure.of(
              FailureReason.Internal, "the " + phase.subcommand() + " phase was interrupted"));
    } catch (IOException | RuntimeException e) {
      return new Termination.Failed(
          OutOfSpace.of(e).map(OutOfSpace::failure).orElseGet(() -> unexpected.apply(e)));
    } catch (StackOverflowError e) {
      return new Termination.Failed(
          unexpected.apply(new IllegalStateException("the input is nested too deeply", e)));
    }
  }

  private void log(Failure failure) {
    var position = failure.position().map(at -> at.file() + ":" + at.line() + ": ").orElse("");
    log.accept(LogFrame.escape("ERROR: " + position + failure.message()));
  }
}
