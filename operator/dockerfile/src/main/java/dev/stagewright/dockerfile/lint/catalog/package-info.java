/** The catalog of all lint checks. */
@NullMarked
package dev.stagewright.dockerfile.lint.catalog;

import org.jspecify.annotations.NullMarked;
