/** Selects the storage of the cache mounts of a run. */
@NullMarked
package dev.stagewright.controller.cachemounts;

import org.jspecify.annotations.NullMarked;
