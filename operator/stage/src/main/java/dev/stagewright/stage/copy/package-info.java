/**
 * COPY and ADD with the results that BuildKit has: what sources mean, where they go, who owns them.
 */
@NullMarked
package dev.stagewright.stage.copy;

import org.jspecify.annotations.NullMarked;
