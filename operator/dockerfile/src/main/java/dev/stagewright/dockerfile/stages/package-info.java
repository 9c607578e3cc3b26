/**
 * The stage graph: the dependencies of stages on other stages and images (FROM, COPY --from, RUN
 * --mount), and the stages that a target needs.
 */
@NullMarked
package dev.stagewright.dockerfile.stages;

import org.jspecify.annotations.NullMarked;
