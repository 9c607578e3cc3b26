/**
 * Builds the {@link dev.stagewright.protocol.BuildPlan} from an evaluated Dockerfile and resolved
 * images. Pure: no files, no network.
 */
@NullMarked
package dev.stagewright.worker.plan;

import org.jspecify.annotations.NullMarked;
