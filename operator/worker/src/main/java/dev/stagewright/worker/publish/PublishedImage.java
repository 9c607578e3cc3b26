package dev.stagewright.worker.publish;

import dev.stagewright.layers.oci.Digest;
import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.registry.error.RegistryException;
import dev.stagewright.worker.registries.DestinationClients;
import java.util.List;

/**
 * Finds out whether an image was published before, so that nothing has to be pushed.
 *
 * @param clients clients of the destinations
 * @param references all names of the image
 */
record PublishedImage(DestinationClients clients, List<ImageReference> references) {

  /**
   * Whether all references point to this manifest. A registry keeps what a manifest refers to, so
   * its blobs are there, too.
   *
   * @return false also if a registry does not answer: the push says why
   */
  boolean is(Digest manifest) {
    try {
      for (var reference : references) {
        var found = clients.of(reference).find(reference);
        if (found.filter(image -> image.digest().equals(manifest)).isEmpty()) {
          return false;
        }
      }
      return true;
    } catch (RegistryException _) {
      return false;
    }
  }
}
