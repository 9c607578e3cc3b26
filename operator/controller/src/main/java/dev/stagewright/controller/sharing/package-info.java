/**
 * Finds stages of different runs of a namespace that would run the same instructions at the same
 * time, and lets one of them run: the others wait for its records in the cache.
 */
@NullMarked
package dev.stagewright.controller.sharing;

import org.jspecify.annotations.NullMarked;
