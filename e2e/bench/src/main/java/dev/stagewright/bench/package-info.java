/** JMH benchmarks of the parser and of the layer writer. */
@NullMarked
package dev.stagewright.bench;

import org.jspecify.annotations.NullMarked;
