/** Tests of {@code dev.stagewright.stage.export}. */
@NullMarked
package dev.stagewright.stage.export;

import org.jspecify.annotations.NullMarked;
