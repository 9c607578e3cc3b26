/**
 * The phase {@code push}: assembles the image from the plan and the layers of the stages, and
 * pushes it: missing layers, then config and manifest, then the tags.
 */
@NullMarked
package dev.stagewright.worker.push;

import org.jspecify.annotations.NullMarked;
