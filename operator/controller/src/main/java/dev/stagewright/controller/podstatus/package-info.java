/**
 * Parses a Pod once: container statuses, conditions and termination message become {@link
 * dev.stagewright.controller.podstatus.PodFacts}. No other package reads the status of a Pod.
 */
@NullMarked
package dev.stagewright.controller.podstatus;

import org.jspecify.annotations.NullMarked;
