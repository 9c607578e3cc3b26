/** Tests of {@code dev.stagewright.stage.run}. */
@NullMarked
package dev.stagewright.stage.run;

import org.jspecify.annotations.NullMarked;
