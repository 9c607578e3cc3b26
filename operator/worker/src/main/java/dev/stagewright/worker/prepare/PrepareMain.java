package dev.stagewright.worker.prepare;

import dev.stagewright.protocol.BuildRequest;
import dev.stagewright.protocol.Phase;
import dev.stagewright.protocol.PhaseRuntime;
import dev.stagewright.worker.LibraryLogging;
import dev.stagewright.worker.Log;
import dev.stagewright.worker.PhasePaths;
import dev.stagewright.worker.PhaseRunner;
import dev.stagewright.worker.images.ImageLookup;
import dev.stagewright.worker.images.RegistryLookup;
import dev.stagewright.worker.registries.Clients;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;

/** Runs the subcommand {@code prepare}. */
public final class PrepareMain {
  private PrepareMain() {}

  /**
   * Prepares a build.
   *
   * @param arguments {@code --attempt N} in a Pod; see {@link PhasePaths#of}
   * @return the exit code of {@link Phase#PREPARE}
   */
  public static int run(List<String> arguments) {
    LibraryLogging.install();
    var locations = PhasePaths.of(arguments);
    var log = new Log(System.out);
    PhaseRuntime.Body prepare = () -> preparation(locations, log).run();
    return new PhaseRunner(Phase.PREPARE, locations.terminationLog(), log)
        .run(
            locations
                .attemptDirectory()
                .map(attempt -> attempt.markingFailure(prepare))
                .orElse(prepare));
  }

  private static PreparePhase preparation(PhasePaths locations, Log log) {
    return new PreparePhase(
        locations,
        (request, dockerfile) -> lookup(locations, request, dockerfile),
        InstantSource.system(),
        log);
  }

  private static ImageLookup lookup(PhasePaths locations, BuildRequest request, String dockerfile)
      throws IOException {
    var client = Clients.of(locations).openForReading(request);
    return new RegistryLookup(client, request.platform(), dockerfile);
  }
}
