/**
 * {@code stagewright get}: draws a run as a Gantt chart. The code from status to text has no side
 * effects; the current time is a parameter.
 */
@NullMarked
package dev.stagewright.kubectl.chart;

import org.jspecify.annotations.NullMarked;
