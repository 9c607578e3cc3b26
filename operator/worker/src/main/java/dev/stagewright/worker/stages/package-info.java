/**
 * Runs stages in the worker: stages without RUN, on scratch or a small base, that need no Pod of
 * their own.
 */
@NullMarked
package dev.stagewright.worker.stages;

import org.jspecify.annotations.NullMarked;
