package dev.stagewright.protocol;

import dev.stagewright.layers.oci.ImageReference;

/**
 * An image with the base of a stage and the files of its known steps. The Pod of the stage runs it
 * instead of the base image, so a node unpacks these files once, and not in each build.
 *
 * @param image reference with the digest of the manifest
 * @param layers number of layers of steps that it contains: those of the stages that the stage is
 *     based on, then those of the first known steps of the stage
 */
public record PrefixImage(ImageReference image, int layers) {}
