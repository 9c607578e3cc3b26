/**
 * Reads bzip2, for ADD of archives. The libraries that could are larger than the rest of what a
 * stage's Pod is given.
 */
@NullMarked
package dev.stagewright.stage.bzip2;

import org.jspecify.annotations.NullMarked;
