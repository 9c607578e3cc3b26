package dev.stagewright.worker.prepare;

import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.Workspace;
import dev.stagewright.worker.FolderTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Makes the folders that Pods mount by {@code subPath}. The kubelet would make missing ones too,
 * but for root alone, and the root of a stage in a user namespace is somebody else to the volume.
 *
 * @param workspace its root
 */
record WorkspaceFolders(Path workspace) {

  /** Makes them, empty: what an earlier try left on the workspace must not pass for new. */
  void create(BuildPlan plan) throws IOException {
    new FolderTree(workspace.resolve(Workspace.CONTEXT)).delete();
    new FolderTree(workspace.resolve(Workspace.STAGES)).delete();
    create(Workspace.CONTEXT);
    create(Workspace.STAGES);
    for (var stage : plan.stages()) {
      create(Workspace.stage(stage.id()));
    }
  }

  private void create(String name) throws IOException {
    var folder = Files.createDirectories(workspace.resolve(name));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
  }
}
