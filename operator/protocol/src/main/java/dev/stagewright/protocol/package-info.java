/**
 * What crosses between the operator and the Pods of a build.
 *
 * <p>The operator writes a {@link dev.stagewright.protocol.BuildRequest}; prepare answers with a
 * {@link dev.stagewright.protocol.BuildPlan}; each stage leaves a {@link
 * dev.stagewright.protocol.StageResult} on the workspace; every Pod ends with an exit code of
 * {@link dev.stagewright.protocol.Phase} and a small {@link dev.stagewright.protocol.Termination}
 * as its termination message. {@link dev.stagewright.protocol.Workspace} and {@link
 * dev.stagewright.protocol.Mounts} name the places.
 */
@NullMarked
package dev.stagewright.protocol;

import org.jspecify.annotations.NullMarked;
