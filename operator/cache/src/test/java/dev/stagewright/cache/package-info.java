/** Plans and steps for the tests of the cache. */
@NullMarked
package dev.stagewright.cache;

import org.jspecify.annotations.NullMarked;
