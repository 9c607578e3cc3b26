/**
 * The phases of a build besides its stages. Each phase is a package with an entry point: {@link
 * dev.stagewright.worker.prepare}, {@link dev.stagewright.worker.check} and {@link
 * dev.stagewright.worker.push}. This package has what they share: their paths, and how a phase
 * ends.
 */
@NullMarked
package dev.stagewright.worker;

import org.jspecify.annotations.NullMarked;
