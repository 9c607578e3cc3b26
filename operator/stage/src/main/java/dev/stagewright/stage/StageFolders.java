package dev.stagewright.stage;

import dev.stagewright.protocol.Workspace;
import java.nio.file.Path;

/**
 * The directories of the workspace that a stage uses.
 *
 * @param own directory of the stage
 * @param context directory of the build context
 * @param stages parent of the directories of other stages, by id
 * @param remotes parent of the directories of remote sources for ADD, by id
 */
public record StageFolders(Path own, Path context, Path stages, Path remotes) {

  /** The directories of a stage in a workspace that is mounted as a whole. */
  public static StageFolders in(Path workspace, String stage) {
    return new StageFolders(
        workspace.resolve(Workspace.stage(stage)),
        workspace.resolve(Workspace.CONTEXT),
        workspace.resolve(Workspace.STAGES),
        workspace.resolve(Workspace.REMOTES));
  }
}
