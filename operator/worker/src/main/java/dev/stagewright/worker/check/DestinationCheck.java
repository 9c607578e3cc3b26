package dev.stagewright.worker.check;

import dev.stagewright.harbor.HarborRepository;
import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.BuildRequest.Destination;
import dev.stagewright.protocol.HarborOptions;
import dev.stagewright.registry.error.RegistryException;
import dev.stagewright.worker.Log;
import dev.stagewright.worker.harbor.HarborFinder;
import dev.stagewright.worker.harbor.HarborPreflight;
import dev.stagewright.worker.registries.DestinationClients;
import java.util.Optional;

/**
 * Asks one repository whether it would take the image.
 *
 * @param clients by repository
 * @param destination the repository
 * @param options what the build asks of its Harbor; empty for nothing
 * @param isReproducible whether the image may be the very one that a tag has
 * @param log tells what was found
 */
record DestinationCheck(
    DestinationClients clients,
    Destination destination,
    Optional<HarborOptions> options,
    boolean isReproducible,
    Log log) {

  /**
   * Returns if it would, as far as can be told.
   *
   * @throws BuildFailedException if Harbor would not
   * @throws RegistryException if the registry would not, or cannot be reached
   */
  void run() throws RegistryException {
    var repository = ImageReference.parse(destination.repository());
    new DockerHubCheck(destination, repository).check(clients.of(repository));
    var finder = new HarborFinder(clients.harborOf(repository), repository);
    if (options.isPresent()) {
      var preflight = preflight(finder.require());
      preflight.project();
      preflight.room();
      takesPushes(repository);
      preflight.rest();
      return;
    }
    var preflight = finder.look().map(this::preflight);
    preflight.ifPresent(harbor -> lookAround(harbor::room));
    takesPushes(repository);
    preflight.ifPresent(harbor -> lookAround(harbor::rest));
  }

  /** Looks at something of Harbor's. */
  @FunctionalInterface
  private interface Look {
    void at() throws RegistryException;
  }

  private HarborPreflight preflight(HarborRepository harbor) {
    return new HarborPreflight(harbor, destination, options, isReproducible, log);
  }

  private void takesPushes(ImageReference repository) throws RegistryException {
    clients.of(repository).pusher(repository).check();
    log.say(repository.name() + " takes pushes");
  }

  /** A build that asks nothing of Harbor goes on where Harbor cannot be asked. */
  private void lookAround(Look look) {
    try {
      look.at();
    } catch (RegistryException e) {
      log.say("there is no more to learn: " + e.getMessage());
    }
  }
}
