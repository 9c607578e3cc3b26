/** Tests of {@code dev.stagewright.stage.bzip2}. */
@NullMarked
package dev.stagewright.stage.bzip2;

import org.jspecify.annotations.NullMarked;
