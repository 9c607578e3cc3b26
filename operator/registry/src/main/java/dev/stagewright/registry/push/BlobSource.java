package dev.stagewright.registry.push;

import dev.stagewright.layers.oci.Descriptor;
import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.registry.http.Content;
import java.util.List;

/**
 * A blob of an image to push, and the sources of its bytes.
 *
 * @param blob the descriptor of the blob
 * @param mountableFrom images that contain the blob, in order of preference
 * @param content the bytes of the blob, opened only if they have to be uploaded
 */
public record BlobSource(Descriptor blob, List<ImageReference> mountableFrom, Content content) {
  public BlobSource {
    mountableFrom = List.copyOf(mountableFrom);
  }
}
