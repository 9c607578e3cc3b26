package dev.stagewright.worker.check;

import dev.stagewright.protocol.Phase;
import dev.stagewright.worker.LibraryLogging;
import dev.stagewright.worker.Log;
import dev.stagewright.worker.PhasePaths;
import dev.stagewright.worker.PhaseRunner;
import java.util.List;

/** The subcommand {@code check}. */
public final class CheckMain {
  private CheckMain() {}

  /**
   * Checks the destinations.
   *
   * @param arguments none in a Pod; see {@link PhasePaths#of}
   * @return the exit code, see {@link Phase#CHECK}
   */
  public static int run(List<String> arguments) {
    LibraryLogging.install();
    var paths = PhasePaths.of(arguments);
    var log = new Log(System.out);
    return new PhaseRunner(Phase.CHECK, paths.terminationLog(), log)
        .run(() -> new CheckPhase(paths, log).run());
  }
}
