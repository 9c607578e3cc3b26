package dev.stagewright.worker.images;

import dev.stagewright.layers.oci.ImageConfig;
import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.protocol.StageBase;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An image as found in a registry.
 *
 * @param name as in the Dockerfile, with variables expanded
 * @param pinned the fully qualified name with the digest of the platform's manifest
 * @param location the name at the registry that has the image, with the same digest; differs from
 *     {@code pinned} if the registry is a mirror
 * @param layers lowest first
 * @param config the image config
 */
public record ImageInfo(
    String name,
    ImageReference pinned,
    ImageReference location,
    List<StageBase.BaseLayer> layers,
    ImageConfig config) {

  /** The base of a stage that starts from this image. */
  public StageBase.Image base() {
    var settings = config.config();
    return new StageBase.Image(
        name,
        pinned,
        location,
        layers,
        settings.env().stream()
            .map(variable -> variable.split("=", 2)[0])
            .collect(Collectors.toUnmodifiableSet()),
        List.copyOf(settings.volumes()));
  }
}
