package dev.stagewright.worker.harbor;

import dev.stagewright.harbor.HarborClient;
import dev.stagewright.harbor.HarborRepository;
import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.registry.error.RegistryException;
import java.util.Optional;

/**
 * Finds the Harbor of a repository.
 *
 * @param client a client with the credentials of the repository
 * @param repository the repository of the destination
 */
public record HarborFinder(HarborClient client, ImageReference repository) {

  /**
   * Returns the repository at its Harbor.
   *
   * @throws BuildFailedException if the registry is not a Harbor
   * @throws RegistryException if the registry cannot be reached
   */
  public HarborRepository require() throws RegistryException {
    return client
        .find(repository)
        .orElseThrow(() ->
            new BuildFailedException(
                Failure.of(
                    FailureReason.NotHarbor,
                    "spec.output.harbor: "
                        + repository.registry()
                        + " is not a Harbor registry; remove the field, or push to a Harbor registry")));
  }

  /**
   * Returns the repository at its Harbor; empty if the registry is not a Harbor, or cannot be
   * reached.
   */
  public Optional<HarborRepository> find() {
    try {
      return client.find(repository);
    } catch (RegistryException _) {
      return Optional.empty();
    }
  }
}
