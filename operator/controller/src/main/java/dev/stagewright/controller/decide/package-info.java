/**
 * Plans the next actions of a run: a pure function from an observation to actions and a status.
 *
 * <p>{@link dev.stagewright.controller.decide.RunDecision} walks through prepare, stages and
 * publish, and stops at the first task that is not done.
 */
@NullMarked
package dev.stagewright.controller.decide;

import org.jspecify.annotations.NullMarked;
