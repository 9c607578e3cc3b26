/** Paths inside a root: raw, relative, without {@code .} and {@code ..}, links resolved or not. */
@NullMarked
package dev.stagewright.stage.path;

import org.jspecify.annotations.NullMarked;
