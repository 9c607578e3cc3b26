/**
 * What runs beside the stages of a build. Each phase is a package with an entry point of its own:
 * {@link dev.stagewright.worker.prepare} and {@link dev.stagewright.worker.push}; this package
 * holds what both have in common: where things are mounted, and how a phase ends.
 */
@NullMarked
package dev.stagewright.worker;

import org.jspecify.annotations.NullMarked;
