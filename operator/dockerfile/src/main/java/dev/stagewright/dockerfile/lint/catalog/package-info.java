/** All checks there are. */
@NullMarked
package dev.stagewright.dockerfile.lint.catalog;

import org.jspecify.annotations.NullMarked;
