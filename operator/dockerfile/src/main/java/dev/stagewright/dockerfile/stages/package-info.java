/**
 * The graph of stages: which stage is built on, copies from or mounts which other stage or image,
 * what a target needs and what it does not.
 */
@NullMarked
package dev.stagewright.dockerfile.stages;

import org.jspecify.annotations.NullMarked;
