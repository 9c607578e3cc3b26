package dev.stagewright.worker.push;

import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.BuildRequest;
import dev.stagewright.registry.error.RegistryException;
import dev.stagewright.worker.Log;
import dev.stagewright.worker.harbor.HarborFinder;
import dev.stagewright.worker.harbor.HarborPostPush;
import dev.stagewright.worker.registries.DestinationClients;
import dev.stagewright.worker.registries.RegistryFailures;
import java.time.InstantSource;
import java.util.Optional;

/**
 * What Harbor does with the image between its push and its tags, where the build asks for
 * something.
 *
 * @param clients by repository
 * @param output what the build asks
 * @param clock the time
 * @param log tells how far it is
 */
record HarborStep(
    DestinationClients clients, BuildRequest.Output output, InstantSource clock, Log log) {
  private static final HarborPostPush.Result NOTHING =
      new HarborPostPush.Result(Optional.empty(), Optional.empty());

  /**
   * Has it done, at the first destination.
   *
   * @throws BuildFailedException if Harbor refuses something, or cannot be reached
   */
  HarborPostPush.Result run(AssembledImage image) throws InterruptedException {
    if (output.harbor().isEmpty()) {
      return NOTHING;
    }
    var repository = ImageReference.parse(output.destinations().getFirst().repository());
    try {
      var harbor = new HarborFinder(clients.harborOf(repository), repository).require();
      return new HarborPostPush(
              harbor,
              output.harbor().get(),
              image.manifest().descriptor().digest(),
              clock,
              Thread::sleep,
              log)
          .run();
    } catch (RegistryException e) {
      throw RegistryFailures.ofPush(e);
    }
  }
}
