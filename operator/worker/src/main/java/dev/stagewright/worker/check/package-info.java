/**
 * Checks of the destinations before the image is built: a build that could not be pushed fails in
 * seconds.
 */
@NullMarked
package dev.stagewright.worker.check;

import org.jspecify.annotations.NullMarked;
