/**
 * Runs, their tasks, and the names and labels of their objects.
 *
 * <p>A run builds the spec of an ImageBuild once. Names and labels are derived from the ImageBuild
 * alone, so that the operator finds existing objects without keeping state.
 */
@NullMarked
package dev.stagewright.controller.run;

import org.jspecify.annotations.NullMarked;
