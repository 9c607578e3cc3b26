package dev.stagewright.registry.pull;

import dev.stagewright.layers.oci.Descriptor;
import dev.stagewright.layers.oci.ImageConfig;
import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.layers.oci.Manifest;

/**
 * A resolved image of one platform.
 *
 * @param location the reference where the image was found, pinned to the platform's manifest; at a
 *     mirror, the registry differs from the requested one
 * @param descriptor the descriptor of the manifest
 * @param manifest the manifest of the platform
 * @param config the image config
 */
public record ResolvedImage(
    ImageReference location, Descriptor descriptor, Manifest manifest, ImageConfig config) {}
