/**
 * Sandboxes for the instructions of a stage, which also track changes. All other parts of the
 * runtime are the same in every sandbox.
 */
@NullMarked
package dev.stagewright.stage.sandbox;

import org.jspecify.annotations.NullMarked;
