/** Tests of {@code dev.stagewright.stage.files}. */
@NullMarked
package dev.stagewright.stage.files;

import org.jspecify.annotations.NullMarked;
