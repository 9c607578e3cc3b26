/** The 22 build checks of BuildKit: same names, same messages, same places. */
@NullMarked
package dev.stagewright.dockerfile.lint.buildkit;

import org.jspecify.annotations.NullMarked;
