/**
 * The runtime in a stage Pod: reads the plan, runs the instructions of the stage, and writes layers
 * and exported files to the workspace. Needs only the module {@code java.base} of the JDK and
 * starts in milliseconds.
 */
@NullMarked
package dev.stagewright.stage;

import org.jspecify.annotations.NullMarked;
