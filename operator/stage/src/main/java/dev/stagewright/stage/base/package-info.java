/** FROM an earlier stage: applies the layers of that stage to the root of this stage. */
@NullMarked
package dev.stagewright.stage.base;

import org.jspecify.annotations.NullMarked;
