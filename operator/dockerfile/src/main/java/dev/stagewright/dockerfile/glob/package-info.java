/**
 * Wildcards: {@link dev.stagewright.dockerfile.glob.GlobPattern} is Go's {@code filepath.Match},
 * which COPY and ADD use; {@link dev.stagewright.dockerfile.glob.PathPattern} adds {@code **}, as
 * ignore files have it. Matching never backtracks: its cost is at most the product of pattern and
 * name.
 */
@NullMarked
package dev.stagewright.dockerfile.glob;

import org.jspecify.annotations.NullMarked;
