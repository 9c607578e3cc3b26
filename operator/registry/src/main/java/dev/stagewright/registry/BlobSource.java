package dev.stagewright.registry;

import dev.stagewright.layers.oci.Descriptor;
import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.registry.http.Content;
import java.util.List;

/**
 * A blob of an image to push, and where to get it.
 *
 * @param blob its description
 * @param from images that have the blob, the best first
 * @param content its bytes, opened only if they have to be sent
 */
public record BlobSource(Descriptor blob, List<ImageReference> from, Content content) {
  public BlobSource {
    from = List.copyOf(from);
  }
}
