/**
 * Evaluation: what every stage that a target needs does, with all variables expanded and the image
 * config and history that come out. Base images are looked up by the caller.
 */
@NullMarked
package dev.stagewright.dockerfile.eval;

import org.jspecify.annotations.NullMarked;
