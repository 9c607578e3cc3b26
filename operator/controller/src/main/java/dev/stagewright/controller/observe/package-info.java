/**
 * Observes a run: its objects, Pods, logs and plan become one {@link
 * dev.stagewright.controller.observe.Observation}.
 */
@NullMarked
package dev.stagewright.controller.observe;

import org.jspecify.annotations.NullMarked;
