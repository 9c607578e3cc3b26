/**
 * The protocol between the operator and the Pods of a build.
 *
 * <p>The operator writes a {@link dev.stagewright.protocol.BuildRequest}; the prepare phase returns
 * a {@link dev.stagewright.protocol.BuildPlan}; each stage writes a {@link
 * dev.stagewright.protocol.StageResult} to the workspace. Every Pod runs in a {@link
 * dev.stagewright.protocol.PhaseRuntime}: it ends with an exit code of {@link
 * dev.stagewright.protocol.Phase} and a small {@link dev.stagewright.protocol.Termination} as its
 * termination message. {@link dev.stagewright.protocol.Workspace} and {@link
 * dev.stagewright.protocol.Mounts} define the paths.
 */
@NullMarked
package dev.stagewright.protocol;

import org.jspecify.annotations.NullMarked;
