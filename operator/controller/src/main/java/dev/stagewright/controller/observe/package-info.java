/**
 * What is there: a run's Pods, claim and ConfigMaps, and what its logs say, as plain facts.
 *
 * <p>{@link dev.stagewright.controller.observe.Observer} gathers an {@link
 * dev.stagewright.controller.observe.Observation}; everything that decides works on that alone.
 */
@NullMarked
package dev.stagewright.controller.observe;

import org.jspecify.annotations.NullMarked;
