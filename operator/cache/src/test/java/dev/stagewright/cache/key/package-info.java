/** Tests of the package. */
@NullMarked
package dev.stagewright.cache.key;

import org.jspecify.annotations.NullMarked;
