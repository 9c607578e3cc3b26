package dev.stagewright.worker.harbor;

import dev.stagewright.harbor.HarborRepository;
import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.BuildRequest.Destination;
import dev.stagewright.protocol.HarborOptions;
import dev.stagewright.registry.error.RegistryException;
import dev.stagewright.worker.Log;
import java.util.Optional;

/**
 * Asks Harbor, before there is an image, what a push would learn only at its end.
 *
 * @param harbor with the repository
 * @param destination where the image is to go
 * @param options what the build asks of Harbor; empty for nothing
 * @param isReproducible whether the image may be the very one that a tag has
 * @param log tells what was found
 */
public record HarborPreflight(
    HarborRepository harbor,
    Destination destination,
    Optional<HarborOptions> options,
    boolean isReproducible,
    Log log) {

  /**
   * Sees to the project; to be asked before the registry, which takes no pushes without it.
   *
   * @throws BuildFailedException if there is none, and none is to be made
   * @throws RegistryException if Harbor cannot be asked
   */
  public void project() throws RegistryException {
    new ProjectCheck(harbor, log).exists(options.filter(HarborOptions::createProject).isPresent());
  }

  /**
   * Sees whether the project can take anything; to be asked before the registry, which says less.
   *
   * @throws BuildFailedException if it cannot
   * @throws RegistryException if Harbor cannot be asked
   */
  public void room() throws RegistryException {
    new ProjectCheck(harbor, log).hasRoom();
  }

  /**
   * Looks at all else.
   *
   * @throws BuildFailedException if something would keep the image out
   * @throws RegistryException if Harbor cannot be asked
   */
  public void rest() throws RegistryException {
    if (!isReproducible) {
      new TagImmutabilityCheck(harbor, destination).mayMove();
    }
    if (options.isPresent()) {
      new HarborCapabilityCheck(harbor, options.get()).canBeDone();
    }
    log.say("Harbor's project " + harbor.projectName() + " has room, and the tags may move");
  }
}
