/**
 * Images with the base of a stage and the files of its known steps, which nodes unpack and keep.
 */
@NullMarked
package dev.stagewright.worker.cache.prefix;

import org.jspecify.annotations.NullMarked;
