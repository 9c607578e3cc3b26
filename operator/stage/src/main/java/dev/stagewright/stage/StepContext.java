package dev.stagewright.stage;

import dev.stagewright.stage.copy.CopySources;
import dev.stagewright.stage.mount.MountFolders;
import dev.stagewright.stage.mount.RunMounts;
import dev.stagewright.stage.mount.SecretMasker;
import dev.stagewright.stage.sandbox.Sandbox;
import java.io.IOException;

/**
 * The objects that the stages of a Pod share.
 *
 * @param sandbox sandbox of the Pod
 * @param sources sources of COPY
 * @param runMounts prepares the mounts of RUN
 * @param masks hides secrets in the log
 * @param log log of the Pod
 */
record StepContext(
    Sandbox sandbox, CopySources sources, RunMounts runMounts, SecretMasker masks, StageLog log) {

  StepContext(Sandbox sandbox, CopySources sources, MountFolders mounts, StageLog log)
      throws IOException {
    this(sandbox, sources, new RunMounts(mounts, sources, log::line), SecretMasker.of(mounts), log);
  }
}
