package dev.stagewright.worker.check;

import dev.stagewright.protocol.BuildRequest;
import dev.stagewright.protocol.BuildRequest.Destination;
import dev.stagewright.protocol.HarborOptions;
import dev.stagewright.protocol.Json;
import dev.stagewright.protocol.Termination;
import dev.stagewright.registry.error.RegistryException;
import dev.stagewright.worker.Log;
import dev.stagewright.worker.PhasePaths;
import dev.stagewright.worker.SourceDateEpoch;
import dev.stagewright.worker.registries.Clients;
import dev.stagewright.worker.registries.DestinationClients;
import dev.stagewright.worker.registries.RegistryFailures;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;

/**
 * The phase itself, step by step.
 *
 * @param locations where things are
 * @param log tells people what was asked
 */
record CheckPhase(PhasePaths locations, Log log) {
  Termination run() throws IOException {
    var request = Json.read(Files.readString(locations.request()), BuildRequest.class);
    var isReproducible = SourceDateEpoch.of(request).isPresent();
    try (var clients = DestinationClients.open(Clients.of(locations), request)) {
      for (var destination : request.output().destinations()) {
        new DestinationCheck(
                clients, destination, wishes(request.output(), destination), isReproducible, log)
            .run();
      }
      return new Termination.Checked();
    } catch (RegistryException e) {
      throw RegistryFailures.ofPush(e);
    }
  }

  /** What is asked of Harbor is asked of the first destination's. */
  private static Optional<HarborOptions> wishes(BuildRequest.Output output, Destination at) {
    return at.equals(output.destinations().getFirst()) ? output.harbor() : Optional.empty();
  }
}
