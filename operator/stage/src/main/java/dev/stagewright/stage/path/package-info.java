/** Raw paths relative to a root, without {@code .} and {@code ..}. */
@NullMarked
package dev.stagewright.stage.path;

import org.jspecify.annotations.NullMarked;
