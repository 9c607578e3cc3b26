/** The records of the cache in a registry. */
@NullMarked
package dev.stagewright.worker.cache.store;

import org.jspecify.annotations.NullMarked;
