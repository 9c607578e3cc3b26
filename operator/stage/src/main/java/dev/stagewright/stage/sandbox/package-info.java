/**
 * Where the instructions of a stage take effect, and how their changes are found. All else in the
 * runtime is the same in every sandbox.
 */
@NullMarked
package dev.stagewright.stage.sandbox;

import org.jspecify.annotations.NullMarked;
