/**
 * Wildcards: {@link dev.stagewright.dockerfile.glob.GlobPattern} has the rules of Go's {@code
 * filepath.Match}, which COPY and ADD use; {@link dev.stagewright.dockerfile.glob.PathPattern} adds
 * {@code **} for ignore files. Matching does not backtrack: the cost is at most the product of the
 * lengths of pattern and name.
 */
@NullMarked
package dev.stagewright.dockerfile.glob;

import org.jspecify.annotations.NullMarked;
