/** Derives the Events of an ImageBuild from two consecutive statuses. */
@NullMarked
package dev.stagewright.controller.events;

import org.jspecify.annotations.NullMarked;
