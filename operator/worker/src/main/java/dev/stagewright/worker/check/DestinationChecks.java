package dev.stagewright.worker.check;

import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.BuildRequest;
import dev.stagewright.protocol.BuildRequest.Destination;
import dev.stagewright.protocol.HarborOptions;
import dev.stagewright.registry.error.RegistryException;
import dev.stagewright.worker.Log;
import dev.stagewright.worker.SourceDateEpoch;
import dev.stagewright.worker.registries.DestinationClients;
import dev.stagewright.worker.registries.RegistryFailures;
import java.util.Optional;

/**
 * Checks that every destination accepts the image.
 *
 * @param clients the clients of the destinations
 * @param request the request of the build
 * @param log receives the results
 */
public record DestinationChecks(DestinationClients clients, BuildRequest request, Log log) {

  /**
   * Returns if all destinations accept the image, as far as it can be checked before the image
   * exists.
   *
   * @throws BuildFailedException if a destination does not accept the image, or cannot be reached
   */
  public void run() {
    var isReproducible = SourceDateEpoch.of(request).isPresent();
    try {
      for (var destination : request.output().destinations()) {
        new DestinationCheck(
                clients,
                destination,
                harborOptions(request.output(), destination),
                isReproducible,
                log)
            .run();
      }
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
