package dev.stagewright.worker.publish;

import dev.stagewright.layers.oci.Digest;
import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.registry.error.RegistryException;
import dev.stagewright.worker.registries.DestinationClients;
import java.util.List;
import java.util.Optional;

/**
 * Finds out whether an image was published before, so that nothing has to be pushed. What was found
 * is not looked up again: nothing runs after it in such a build. Thread-safe.
 */
final class PublishedImage {
  private final DestinationClients clients;
  private final List<ImageReference> references;
  private volatile Optional<Digest> found = Optional.empty();

  /**
   * Looks at the names of an image.
   *
   * @param clients clients of the destinations
   * @param references all names of the image, those of the first destination first
   */
  PublishedImage(DestinationClients clients, List<ImageReference> references) {
    this.clients = clients;
    this.references = references;
  }

  /** All names of the image, those of the first destination first. */
  List<ImageReference> references() {
    return references;
  }

  /**
   * Whether all references point to this manifest. A registry keeps what a manifest refers to, so
   * its blobs are there, too.
   *
   * @return false also if a registry does not answer: the push says why
   */
  boolean is(Digest manifest) {
    if (found.equals(Optional.of(manifest))) {
      return true;
    }
    try {
      for (var reference : references) {
        var image = clients.of(reference).find(reference);
        if (image.filter(other -> other.digest().equals(manifest)).isEmpty()) {
          return false;
        }
      }
    } catch (RegistryException _) {
      return false;
    }
    found = Optional.of(manifest);
    return true;
  }
}
