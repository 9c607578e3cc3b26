package dev.stagewright.analysis.size;

import dev.stagewright.analysis.image.LayerOrigin;

/**
 * The size of a layer.
 *
 * @param digest of the compressed layer
 * @param origin the instruction that made it, and its stage
 * @param total all its files, with its exact compressed size
 * @param hidden its files that later layers delete or overwrite
 * @param complete whether all its files are counted; false if it has too many
 */
public record LayerSize(
    String digest, LayerOrigin origin, FileTotals total, FileTotals hidden, boolean complete) {}
