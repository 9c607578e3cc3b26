/**
 * The phases of a build besides its stages, which run as containers of one Pod. Each phase is a
 * package with an entry point: {@link dev.stagewright.worker.prepare} and {@link
 * dev.stagewright.worker.publish}. This package has what they share: their paths, what they
 * exchange, and how a phase ends.
 */
@NullMarked
package dev.stagewright.worker;

import org.jspecify.annotations.NullMarked;
