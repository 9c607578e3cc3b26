/**
 * Executes COPY and ADD with the same results as BuildKit: matching of sources, destinations,
 * ownership.
 */
@NullMarked
package dev.stagewright.stage.copy;

import org.jspecify.annotations.NullMarked;
