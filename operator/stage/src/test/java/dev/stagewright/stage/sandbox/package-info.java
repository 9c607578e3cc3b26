/** Tests of sandboxes. */
@NullMarked
package dev.stagewright.stage.sandbox;

import org.jspecify.annotations.NullMarked;
