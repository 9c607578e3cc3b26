package dev.stagewright.worker.check;

import dev.stagewright.protocol.Phase;
import dev.stagewright.worker.Locations;
import dev.stagewright.worker.Log;
import dev.stagewright.worker.PhaseRun;
import dev.stagewright.worker.QuietLibraries;
import java.util.List;

/** The subcommand {@code check}. */
public final class CheckMain {
  private CheckMain() {}

  /**
   * Asks the registry.
   *
   * @param arguments none in a Pod; see {@link Locations#of}
   * @return the exit code, of {@link Phase#CHECK}
   */
  public static int run(List<String> arguments) {
    QuietLibraries.install();
    var locations = Locations.of(arguments);
    var log = new Log(System.out);
    return new PhaseRun(Phase.CHECK, locations.terminationLog(), log)
        .run(() -> new Check(locations, log).run());
  }
}
