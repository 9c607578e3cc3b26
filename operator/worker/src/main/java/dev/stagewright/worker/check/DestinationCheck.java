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
 * Checks that a repository accepts the image.
 *
 * @param clients the clients of the destinations
 * @param destination the repository
 * @param options the requested Harbor options; empty for none
 * @param isReproducible whether the image may be identical to the one that a tag points to
 * @param log receives the results
 */
record DestinationCheck(
    DestinationClients clients,
    Destination destination,
    Optional<HarborOptions> options,
    boolean isReproducible,
    Log log) {

  /**
   * Returns if the repository accepts the image, as far as it can be checked.
   *
   * @throws BuildFailedException if Harbor does not accept the image
   * @throws RegistryException if the registry does not accept the image, or cannot be reached
   */
  void run() throws RegistryException {
    var repository = ImageReference.parse(destination.repository());
    new DockerHubCheck(destination, repository).check(clients.of(repository));
    var finder = new HarborFinder(clients.harborOf(repository), repository);
    if (options.isPresent()) {
      var preflight = preflight(finder.require());
      preflight.project();
      preflight.quota();
      checkPush(repository);
      preflight.tagsAndOptions();
      return;
    }
    var preflight = finder.find().map(this::preflight);
    preflight.ifPresent(harbor -> runOptional(harbor::quota));
    checkPush(repository);
    preflight.ifPresent(harbor -> runOptional(harbor::tagsAndOptions));
  }

  /** A check of Harbor. */
  @FunctionalInterface
  private interface HarborCheck {
    void run() throws RegistryException;
  }

  private HarborPreflight preflight(HarborRepository harbor) {
    return new HarborPreflight(harbor, destination, options, isReproducible, log);
  }

  private void checkPush(ImageReference repository) throws RegistryException {
    clients.of(repository).pusher(repository).check();
    log.print(repository.name() + " accepts pushes");
  }

  /** Without Harbor options, the build continues if Harbor cannot be reached. */
  private void runOptional(HarborCheck check) {
    try {
      check.run();
    } catch (RegistryException e) {
      log.print("cannot check Harbor: " + e.getMessage());
    }
  }
}
