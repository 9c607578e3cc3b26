/** Benchmarks of the pure parts, by JMH. */
@NullMarked
package dev.stagewright.bench;

import org.jspecify.annotations.NullMarked;
