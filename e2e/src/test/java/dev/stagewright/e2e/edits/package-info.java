/** Projects that change at random, as a developer changes them. */
@NullMarked
package dev.stagewright.e2e.edits;

import org.jspecify.annotations.NullMarked;
