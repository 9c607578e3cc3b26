/** Tests of the package. */
@NullMarked
package dev.stagewright.cache.miss;

import org.jspecify.annotations.NullMarked;
