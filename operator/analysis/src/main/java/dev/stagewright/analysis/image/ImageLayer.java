package dev.stagewright.analysis.image;

import dev.stagewright.analysis.layer.LayerContent;

/**
 * A layer of an image.
 *
 * @param digest of the compressed layer, as in the manifest
 * @param size of the compressed layer, in bytes
 * @param origin the instruction that made it
 * @param content its entries
 */
public record ImageLayer(String digest, long size, LayerOrigin origin, LayerContent content) {}
