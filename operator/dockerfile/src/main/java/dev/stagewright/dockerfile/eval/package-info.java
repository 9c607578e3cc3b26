/**
 * Evaluation of the stages that a target needs: expands variables, and computes the image config
 * and the history. The caller looks up base images.
 */
@NullMarked
package dev.stagewright.dockerfile.eval;

import org.jspecify.annotations.NullMarked;
