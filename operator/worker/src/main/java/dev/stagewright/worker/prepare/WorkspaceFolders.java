package dev.stagewright.worker.prepare;

import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.Workspace;
import dev.stagewright.worker.DirectoryTree;
import dev.stagewright.worker.plan.RemoteSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * Creates the folders that Pods mount by {@code subPath}. The kubelet creates a missing folder with
 * write access for root only, and the root user of a stage in a user namespace is another user on
 * the volume.
 *
 * @param workspace root of the workspace
 */
record WorkspaceFolders(Path workspace) {

  /**
   * Creates the folders, and deletes files that an earlier attempt left in them. Caches are kept.
   */
  void create(BuildPlan plan, List<RemoteSource> remoteSources) throws IOException {
    for (var name : List.of(Workspace.CONTEXT, Workspace.STAGES, Workspace.REMOTES)) {
      new DirectoryTree(workspace.resolve(name)).delete();
      create(name);
    }
    create(Workspace.CACHE);
    for (var stage : plan.stages()) {
      create(Workspace.stage(stage.id()));
    }
    for (var remote : remoteSources) {
      create(Workspace.remote(remote.id()));
    }
  }

  private void create(String name) throws IOException {
    var folder = Files.createDirectories(workspace.resolve(name));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
  }
}
