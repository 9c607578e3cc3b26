/** Tests of {@code dev.stagewright.stage.diff}. */
@NullMarked
package dev.stagewright.stage.diff;

import org.jspecify.annotations.NullMarked;
