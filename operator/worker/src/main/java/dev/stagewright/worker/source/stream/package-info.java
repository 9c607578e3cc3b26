/** Sources that a client sends to the standard input of prepare. */
@NullMarked
package dev.stagewright.worker.source.stream;

import org.jspecify.annotations.NullMarked;
