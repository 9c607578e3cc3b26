package dev.stagewright.stage.base;

/**
 * The largest base image that is unpacked.
 *
 * @param bytes size of the uncompressed layers
 * @param entries number of entries in the layers
 */
public record UnpackLimit(long bytes, long entries) {}
