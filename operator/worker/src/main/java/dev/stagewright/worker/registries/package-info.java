/**
 * Registry clients of the phases: with the host table and the mounted credentials of a request, and
 * with failures that distinguish causes.
 */
@NullMarked
package dev.stagewright.worker.registries;

import org.jspecify.annotations.NullMarked;
