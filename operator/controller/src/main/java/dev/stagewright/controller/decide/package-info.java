/**
 * What to do next: a pure function from an {@link dev.stagewright.controller.observe.Observation}
 * to a {@link dev.stagewright.controller.decide.Decision}.
 *
 * <p>It is level-triggered: nothing is remembered from one decision to the next but what the
 * cluster holds, so a restart at any point changes nothing.
 */
@NullMarked
package dev.stagewright.controller.decide;

import org.jspecify.annotations.NullMarked;
