package dev.stagewright.worker.push;

import dev.stagewright.protocol.Phase;
import dev.stagewright.worker.LibraryLogging;
import dev.stagewright.worker.Log;
import dev.stagewright.worker.PhasePaths;
import dev.stagewright.worker.PhaseRunner;
import java.time.InstantSource;
import java.util.List;

/** The subcommand {@code push}. */
public final class PushMain {
  private PushMain() {}

  /**
   * Pushes the image.
   *
   * @param arguments none in a Pod; see {@link PhasePaths#of}
   * @return the exit code, see {@link Phase#PUSH}
   */
  public static int run(List<String> arguments) {
    LibraryLogging.install();
    var paths = PhasePaths.of(arguments);
    var log = new Log(System.out);
    return new PhaseRunner(Phase.PUSH, paths.terminationLog(), log)
        .run(() -> new PushPhase(paths, InstantSource.system(), log).run());
  }
}
