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
 * Makes the folders that Pods mount by {@code subPath}. The kubelet would make missing ones too,
 * but for root alone, and the root of a stage in a user namespace is somebody else to the volume.
 *
 * @param workspace its root
 */
record WorkspaceFolders(Path workspace) {

  /**
   * Makes them, empty but for caches: what an earlier try left on the workspace must not pass for
   * new.
   */
  void create(BuildPlan plan, List<RemoteSource> additions) throws IOException {
    for (var name : List.of(Workspace.CONTEXT, Workspace.STAGES, Workspace.REMOTES)) {
      new DirectoryTree(workspace.resolve(name)).delete();
      create(name);
    }
    create(Workspace.CACHE);
    for (var stage : plan.stages()) {
      create(Workspace.stage(stage.id()));
    }
    for (var addition : additions) {
      create(Workspace.remote(addition.id()));
    }
  }

  private void create(String name) throws IOException {
    var folder = Files.createDirectories(workspace.resolve(name));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
  }
}
