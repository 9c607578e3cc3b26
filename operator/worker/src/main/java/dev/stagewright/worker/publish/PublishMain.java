package dev.stagewright.worker.publish;

import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.Phase;
import dev.stagewright.protocol.StagePlan;
import dev.stagewright.protocol.Termination;
import dev.stagewright.worker.LibraryLogging;
import dev.stagewright.worker.Log;
import dev.stagewright.worker.PhasePaths;
import dev.stagewright.worker.PhaseRunner;
import java.time.InstantSource;
import java.util.List;

/** The subcommand {@code publish}. */
public final class PublishMain {
  private PublishMain() {}

  /**
   * Publishes the image.
   *
   * @param arguments {@code --attempt N} in a Pod with prepare, otherwise none; see {@link
   *     PhasePaths#of}
   * @return the exit code, see {@link Phase#PUBLISH}
   */
  public static int run(List<String> arguments) {
    LibraryLogging.install();
    var paths = PhasePaths.of(arguments);
    var log = new Log(System.out);
    return new PhaseRunner(Phase.PUBLISH, paths.terminationLog(), log)
        .run(() ->
            new PublishPhase(
                    paths,
                    (_, _) -> PublishMain::unsupported,
                    InstantSource.system(),
                    Thread::sleep,
                    log)
                .run());
  }

  private static Termination.Staged unsupported(BuildPlan plan, StagePlan stage) {
    throw new BuildFailedException(
        Failure.at(
            FailureReason.Internal,
            "the stage has no Pod, and the worker cannot run stages",
            stage.name(),
            stage.position()));
  }
}
