/**
 * {@code stagewright get}: a run as a chart, with the time from left to right. From status to text
 * it is pure; the time is handed in.
 */
@NullMarked
package dev.stagewright.kubectl.chart;

import org.jspecify.annotations.NullMarked;
