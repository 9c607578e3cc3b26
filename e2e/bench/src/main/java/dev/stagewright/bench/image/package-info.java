/** Reads images that the benchmarks have pushed. */
@NullMarked
package dev.stagewright.bench.image;

import org.jspecify.annotations.NullMarked;
