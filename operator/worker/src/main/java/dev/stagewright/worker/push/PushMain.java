package dev.stagewright.worker.push;

import dev.stagewright.protocol.Phase;
import dev.stagewright.worker.Locations;
import dev.stagewright.worker.Log;
import dev.stagewright.worker.PhaseRun;
import dev.stagewright.worker.QuietLibraries;
import java.time.InstantSource;
import java.util.List;

/** The subcommand {@code push}. */
public final class PushMain {
  private PushMain() {}

  /**
   * Pushes an image.
   *
   * @param arguments none in a Pod; see {@link Locations#of}
   * @return the exit code, of {@link Phase#PUSH}
   */
  public static int run(List<String> arguments) {
    QuietLibraries.install();
    var locations = Locations.of(arguments);
    var log = new Log(System.out);
    return new PhaseRun(Phase.PUSH, locations.terminationLog(), log)
        .run(() -> new Push(locations, InstantSource.system(), log).run());
  }
}
