/**
 * The runtime inside a stage's Pod: reads the plan, runs the stage's instructions, leaves layers
 * and exported files on the workspace. Needs the JDK's {@code java.base} and starts in
 * milliseconds.
 */
@NullMarked
package dev.stagewright.stage;

import org.jspecify.annotations.NullMarked;
