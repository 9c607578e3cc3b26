/**
 * Layers of images: how they are compressed and written, and what their names mean.
 *
 * <p>{@link dev.stagewright.layers.LayerWriter} writes one layer into a folder of blobs; {@link
 * dev.stagewright.layers.Whiteouts} names what a layer takes away.
 */
@NullMarked
package dev.stagewright.layers;

import org.jspecify.annotations.NullMarked;
