/** The 22 build checks of BuildKit, with the same names, messages and positions. */
@NullMarked
package dev.stagewright.dockerfile.lint.buildkit;

import org.jspecify.annotations.NullMarked;
