/** Waits for the runs of a build, cancels them, and starts others. */
@NullMarked
package dev.stagewright.kubectl.control;

import org.jspecify.annotations.NullMarked;
