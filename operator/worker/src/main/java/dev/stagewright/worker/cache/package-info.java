/**
 * The cache of instructions in publish: looks up known steps before stages start, and records
 * steps.
 */
@NullMarked
package dev.stagewright.worker.cache;

import org.jspecify.annotations.NullMarked;
