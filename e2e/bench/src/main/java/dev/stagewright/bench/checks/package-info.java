/**
 * Memory and processor time of the checks of an image with one large layer, in a process of their
 * own, without a cluster.
 */
@NullMarked
package dev.stagewright.bench.checks;

import org.jspecify.annotations.NullMarked;
