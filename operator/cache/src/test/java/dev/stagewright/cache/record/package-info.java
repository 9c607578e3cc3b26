/** Tests of the package. */
@NullMarked
package dev.stagewright.cache.record;

import org.jspecify.annotations.NullMarked;
