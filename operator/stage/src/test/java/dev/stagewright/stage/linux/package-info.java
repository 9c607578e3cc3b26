/** Tests of {@code dev.stagewright.stage.linux}. */
@NullMarked
package dev.stagewright.stage.linux;

import org.jspecify.annotations.NullMarked;
