/** Lists the records of a repository, and deletes those that are not used any more. */
@NullMarked
package dev.stagewright.cache.prune;

import org.jspecify.annotations.NullMarked;
