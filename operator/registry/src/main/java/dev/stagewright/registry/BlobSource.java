package dev.stagewright.registry;

import dev.stagewright.layers.oci.Descriptor;
import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.registry.http.Content;
import java.util.Optional;

/**
 * A blob of an image to push, and where to get it.
 *
 * @param blob its description
 * @param from an image that has the blob; empty if none is known
 * @param content its bytes, opened only if they have to be sent
 */
public record BlobSource(Descriptor blob, Optional<ImageReference> from, Content content) {}
