package dev.stagewright.stage;

import dev.stagewright.stage.copy.CopySources;
import dev.stagewright.stage.mount.MountFolders;
import dev.stagewright.stage.mount.RunMounts;
import dev.stagewright.stage.mount.SecretMasker;
import dev.stagewright.stage.sandbox.Sandbox;
import java.io.IOException;

/**
 * What the stages of a Pod have in common.
 *
 * @param sources of COPY
 * @param runMounts makes ready what RUN mounts
 * @param masks what the log must not show
 */
record StepContext(
    Sandbox sandbox, CopySources sources, RunMounts runMounts, SecretMasker masks, StageLog log) {

  StepContext(Sandbox sandbox, CopySources sources, MountFolders mounts, StageLog log)
      throws IOException {
    this(sandbox, sources, new RunMounts(mounts, sources, log::line), SecretMasker.of(mounts), log);
  }
}
