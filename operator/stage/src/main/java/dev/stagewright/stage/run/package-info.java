/**
 * Executes RUN: finds the program, runs it as the USER, and explains why a command could not be
 * executed.
 */
@NullMarked
package dev.stagewright.stage.run;

import org.jspecify.annotations.NullMarked;
