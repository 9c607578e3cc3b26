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
 * Checks that no tag is immutable. Tags with variables that only the source defines are not
 * checked.
 *
 * @param harbor the repository
 * @param destination the destination with the tags
 */
record TagImmutabilityCheck(HarborRepository harbor, Destination destination) {

  /**
   * Returns if all tags are mutable.
   *
   * @throws BuildFailedException if a tag is immutable
   */
  void check() throws RegistryException {
    for (var tag : destination.tags()) {
      if (!new TagTemplate(tag).isOpen() && isImmutable(tag)) {
        throw new BuildFailedException(
            Failure.of(
                FailureReason.TagImmutable,
                "%s:%s exists, and a tag immutability rule of Harbor project %s applies to it; choose another tag, or change the rule"
                    .formatted(destination.repository(), tag, harbor.projectName())));
      }
    }
  }

  private boolean isImmutable(String tag) throws RegistryException {
    return harbor.artifact(tag).immutableTags().orElse(Set.of()).contains(tag);
  }
}
