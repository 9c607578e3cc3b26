/** Evaluates the state of each task of a run: not started, active, retrying, done or failed. */
@NullMarked
package dev.stagewright.controller.assess;

import org.jspecify.annotations.NullMarked;
