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
 * Runs the check phase: checks every destination.
 *
 * @param paths the files of the phase
 * @param log receives the results
 */
record CheckPhase(PhasePaths paths, Log log) {
  Termination run() throws IOException {
    var request = Json.read(Files.readString(paths.request()), BuildRequest.class);
    var isReproducible = SourceDateEpoch.of(request).isPresent();
    try (var clients = DestinationClients.open(Clients.of(paths), request)) {
      for (var destination : request.output().destinations()) {
        new DestinationCheck(
                clients,
                destination,
                harborOptions(request.output(), destination),
                isReproducible,
                log)
            .run();
      }
      return new Termination.Checked();
    } catch (RegistryException e) {
      throw RegistryFailures.ofPush(e);
    }
  }

  /** Returns the Harbor options, which apply to the first destination only. */
  private static Optional<HarborOptions> harborOptions(
      BuildRequest.Output output, Destination destination) {
    return destination.equals(output.destinations().getFirst())
        ? output.harbor()
        : Optional.empty();
  }
}
