/**
 * Builds the status of an ImageBuild: {@link dev.stagewright.controller.status.StatusAggregator}
 * collects what is decided about a run, and builds conditions, stages and results from it.
 */
@NullMarked
package dev.stagewright.controller.status;

import org.jspecify.annotations.NullMarked;
