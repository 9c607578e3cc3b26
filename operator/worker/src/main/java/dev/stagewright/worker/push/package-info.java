/**
 * The phase {@code push}: assembles the image from the plan and the stages' layers, and brings it
 * to the registry: what is missing there of the layers, then config and manifest, the tag last.
 */
@NullMarked
package dev.stagewright.worker.push;

import org.jspecify.annotations.NullMarked;
