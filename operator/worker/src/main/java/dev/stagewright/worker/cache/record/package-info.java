/**
 * Records the results of steps and stages in the cache while a build runs, in the background: what
 * is not recorded costs a later build some time, but never this one its result.
 */
@NullMarked
package dev.stagewright.worker.cache.record;

import org.jspecify.annotations.NullMarked;
