/** FROM an earlier stage: its layers become the root of this one. */
@NullMarked
package dev.stagewright.stage.base;

import org.jspecify.annotations.NullMarked;
