package dev.stagewright.cache.record;

import dev.stagewright.layers.oci.Digest;

/**
 * An image that was pushed. Its key is that of the last step of the target, together with the
 * config, annotations and format of the image.
 *
 * @param created time in the config and the history of the image, in seconds since 1970
 * @param manifest digest of the manifest
 */
public record ImageRecord(long created, Digest manifest) {}
