package dev.stagewright.worker.prepare;

import dev.stagewright.protocol.BuildRequest;
import dev.stagewright.protocol.Phase;
import dev.stagewright.worker.Locations;
import dev.stagewright.worker.Log;
import dev.stagewright.worker.PhaseRun;
import dev.stagewright.worker.QuietLibraries;
import dev.stagewright.worker.images.ImageLookup;
import dev.stagewright.worker.images.RegistryLookup;
import dev.stagewright.worker.registries.Clients;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;

/** The subcommand {@code prepare}. */
public final class PrepareMain {
  private PrepareMain() {}

  /**
   * Prepares a build.
   *
   * @param arguments none in a Pod; see {@link Locations#of}
   * @return the exit code, of {@link Phase#PREPARE}
   */
  public static int run(List<String> arguments) {
    QuietLibraries.install();
    var locations = Locations.of(arguments);
    var log = new Log(System.out);
    return new PhaseRun(Phase.PREPARE, locations.terminationLog(), log)
        .run(() -> preparation(locations, log).run());
  }

  private static Preparation preparation(Locations locations, Log log) {
    return new Preparation(
        locations, request -> lookup(locations, request), InstantSource.system(), log);
  }

  private static ImageLookup lookup(Locations locations, BuildRequest request) throws IOException {
    var client = Clients.of(locations).openForReading(request);
    return new RegistryLookup(client, request.platform());
  }
}
