/** Concurrency of transfers. */
@NullMarked
package dev.stagewright.registry.concurrent;

import org.jspecify.annotations.NullMarked;
