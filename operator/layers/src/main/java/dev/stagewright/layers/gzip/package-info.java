/**
 * Parallel gzip compression. The bytes depend only on content and level, not on the number of
 * threads.
 */
@NullMarked
package dev.stagewright.layers.gzip;

import org.jspecify.annotations.NullMarked;
