/**
 * Image layers: compression, writing, and whiteouts.
 *
 * <p>{@link dev.stagewright.layers.LayerWriter} writes one layer to a directory of blobs; {@link
 * dev.stagewright.layers.Whiteouts} names the whiteouts of removed files.
 */
@NullMarked
package dev.stagewright.layers;

import org.jspecify.annotations.NullMarked;
