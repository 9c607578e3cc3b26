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
 * Finds out whether a repository is at a Harbor.
 *
 * @param client with the repository's credentials
 * @param repository that is pushed to
 */
public record HarborFinder(HarborClient client, ImageReference repository) {

  /**
   * The repository at its Harbor.
   *
   * @throws BuildFailedException if its registry is none
   * @throws RegistryException if it cannot be reached
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
                        + " is no Harbor; remove it, or push to another registry")));
  }

  /** The same where there may be any registry; one that cannot be asked is none. */
  public Optional<HarborRepository> look() {
    try {
      return client.find(repository);
    } catch (RegistryException _) {
      return Optional.empty();
    }
  }
}
