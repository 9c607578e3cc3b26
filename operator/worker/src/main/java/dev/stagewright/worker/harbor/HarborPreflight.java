package dev.stagewright.worker.harbor;

import dev.stagewright.harbor.HarborRepository;
import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.BuildRequest.Destination;
import dev.stagewright.protocol.HarborOptions;
import dev.stagewright.registry.error.RegistryException;
import dev.stagewright.worker.Log;
import java.util.Optional;

/**
 * Checks in Harbor, before the image is built, what would otherwise fail the push.
 *
 * @param harbor the repository
 * @param destination the destination of the image
 * @param options the requested Harbor options; empty for none
 * @param isReproducible whether the image may be identical to the one that a tag points to
 * @param log receives the results
 */
public record HarborPreflight(
    HarborRepository harbor,
    Destination destination,
    Optional<HarborOptions> options,
    boolean isReproducible,
    Log log) {

  /**
   * Checks that the project exists, and creates it if requested. Must run before the check of the
   * registry, which rejects pushes without a project.
   *
   * @throws BuildFailedException if the project does not exist, and is not to be created
   * @throws RegistryException if Harbor cannot be reached
   */
  public void project() throws RegistryException {
    new ProjectCheck(harbor, log)
        .ensureExists(options.filter(HarborOptions::createProject).isPresent());
  }

  /**
   * Checks the quota of the project. Should run before the check of the registry, whose error has
   * fewer details.
   *
   * @throws BuildFailedException if the quota is exhausted
   * @throws RegistryException if Harbor cannot be reached
   */
  public void quota() throws RegistryException {
    new ProjectCheck(harbor, log).checkQuota();
  }

  /**
   * Checks the tags and the requested options.
   *
   * @throws BuildFailedException if a tag is immutable, or an option is not supported
   * @throws RegistryException if Harbor cannot be reached
   */
  public void tagsAndOptions() throws RegistryException {
    if (!isReproducible) {
      new TagImmutabilityCheck(harbor, destination).check();
    }
    if (options.isPresent()) {
      new HarborCapabilityCheck(harbor, options.get()).check();
    }
    log.print(
        "Harbor's project " + harbor.projectName() + " has quota left, and the tags are mutable");
  }
}
