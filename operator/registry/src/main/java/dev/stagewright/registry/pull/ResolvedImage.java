package dev.stagewright.registry.pull;

import dev.stagewright.layers.oci.Descriptor;
import dev.stagewright.layers.oci.ImageConfig;
import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.layers.oci.Manifest;

/**
 * An image of one platform, found.
 *
 * @param location where it was found, pinned to the platform's manifest; behind a mirror this is
 *     another registry than the one asked for
 * @param descriptor of the manifest
 * @param manifest of the platform
 * @param config that the manifest names
 */
public record ResolvedImage(
    ImageReference location, Descriptor descriptor, Manifest manifest, ImageConfig config) {}
