/** Why a step is not cached: what differs from the latest build. */
@NullMarked
package dev.stagewright.cache.miss;

import org.jspecify.annotations.NullMarked;
