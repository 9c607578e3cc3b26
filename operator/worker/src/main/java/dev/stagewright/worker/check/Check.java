package dev.stagewright.worker.check;

import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.protocol.BuildRequest;
import dev.stagewright.protocol.Json;
import dev.stagewright.protocol.Termination;
import dev.stagewright.registry.error.RegistryException;
import dev.stagewright.worker.Locations;
import dev.stagewright.worker.Log;
import dev.stagewright.worker.registries.Clients;
import dev.stagewright.worker.registries.DestinationClients;
import dev.stagewright.worker.registries.RegistryFailures;
import java.io.IOException;
import java.nio.file.Files;

/**
 * The phase itself, step by step.
 *
 * @param locations where things are
 * @param log tells people what was asked
 */
record Check(Locations locations, Log log) {
  Termination run() throws IOException, InterruptedException {
    var request = Json.read(Files.readString(locations.request()), BuildRequest.class);
    try (var clients = DestinationClients.open(Clients.of(locations), request)) {
      for (var destination : request.output().destinations()) {
        var repository = ImageReference.parse(destination.repository());
        clients.of(repository).pushTo(repository).check();
        log.say(destination.repository() + " takes pushes");
      }
      return new Termination.Checked();
    } catch (RegistryException e) {
      throw RegistryFailures.ofPush(e);
    }
  }
}
