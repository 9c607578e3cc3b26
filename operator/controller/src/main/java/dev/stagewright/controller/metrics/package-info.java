/** What the operator tells of itself: metrics and probes over HTTP. */
@NullMarked
package dev.stagewright.controller.metrics;

import org.jspecify.annotations.NullMarked;
