package dev.stagewright.worker.harbor;

import dev.stagewright.harbor.HarborRepository;
import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.BuildRequest.Destination;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.TagTemplate;
import dev.stagewright.registry.error.RegistryException;
import java.util.Set;

/**
 * Looks whether a rule of the project keeps a tag where it is. A tag that is known only once the
 * source is passes.
 *
 * @param harbor with the repository
 * @param destination with the tags
 */
record TagImmutabilityCheck(HarborRepository harbor, Destination destination) {

  /**
   * Returns if all tags may move.
   *
   * @throws BuildFailedException if one may not
   */
  void mayMove() throws RegistryException {
    for (var tag : destination.tags()) {
      if (!new TagTemplate(tag).isOpen() && isKept(tag)) {
        throw new BuildFailedException(
            Failure.of(
                FailureReason.TagImmutable,
                "%s:%s exists, and a rule of Harbor's project %s keeps it where it is; choose another tag, or change the rule"
                    .formatted(destination.repository(), tag, harbor.projectName())));
      }
    }
  }

  private boolean isKept(String tag) throws RegistryException {
    return harbor.artifact(tag).immutableTags().orElse(Set.of()).contains(tag);
  }
}
