/** Tests of {@code dev.stagewright.stage.path}. */
@NullMarked
package dev.stagewright.stage.path;

import org.jspecify.annotations.NullMarked;
