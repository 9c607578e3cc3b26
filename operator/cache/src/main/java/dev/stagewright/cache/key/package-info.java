/** The keys of steps: hashes of everything that can change their results. */
@NullMarked
package dev.stagewright.cache.key;

import org.jspecify.annotations.NullMarked;
