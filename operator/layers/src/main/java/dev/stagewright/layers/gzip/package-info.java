/**
 * Gzip on all processors: the bytes depend on content and level alone, not on how many threads
 * there were.
 */
@NullMarked
package dev.stagewright.layers.gzip;

import org.jspecify.annotations.NullMarked;
