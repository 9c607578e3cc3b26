/** The records of the cache, and their form as OCI artifacts. */
@NullMarked
package dev.stagewright.cache.record;

import org.jspecify.annotations.NullMarked;
