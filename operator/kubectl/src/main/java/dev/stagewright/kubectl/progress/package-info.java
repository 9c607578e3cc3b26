/**
 * Shows the progress of a build while it runs.
 *
 * <p>The states of the ImageBuild, the lines of the logs, and the transfer of the build context
 * become a sequence of events ({@link dev.stagewright.kubectl.progress.ProgressTracker}). A format
 * converts these events to plain lines, to JSON, or to a frame on a terminal.
 */
@NullMarked
package dev.stagewright.kubectl.progress;

import org.jspecify.annotations.NullMarked;
