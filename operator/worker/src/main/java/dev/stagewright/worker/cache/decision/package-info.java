/**
 * Decides which steps of a build are known, so that they do not run. What to do with the records is
 * decided without I/O; records are looked up, and their layers and files fetched, in classes of
 * their own.
 */
@NullMarked
package dev.stagewright.worker.cache.decision;

import org.jspecify.annotations.NullMarked;
