/** Tests of {@code dev.stagewright.stage.copy}. */
@NullMarked
package dev.stagewright.stage.copy;

import org.jspecify.annotations.NullMarked;
