/**
 * {@code stagewright logs} and {@code get}: builds in a cluster, as people at a terminal see them.
 */
@NullMarked
package dev.stagewright.kubectl;

import org.jspecify.annotations.NullMarked;
