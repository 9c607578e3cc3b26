package dev.stagewright.worker.publish;

import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.worker.AttemptDirectory;
import dev.stagewright.worker.PhasePaths;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The source of the plan: prepare in the same Pod, or a mounted file if the Pod has no prepare
 * container.
 *
 * @param paths the files of the phase
 * @param files waits for the plan
 */
record PlanSource(PhasePaths paths, FileAwaiter files) {

  /**
   * Waits for the plan.
   *
   * @return empty if prepare failed
   */
  Optional<BuildPlan> await() throws IOException, InterruptedException {
    var attempt = paths.attemptDirectory();
    return attempt.isPresent() ? await(attempt.get()) : Optional.of(mounted());
  }

  private Optional<BuildPlan> await(AttemptDirectory attempt)
      throws IOException, InterruptedException {
    var existing = files.awaitAny(List.of(attempt.plan(), attempt.failed()));
    if (existing.contains(attempt.failed())) {
      return Optional.empty();
    }
    return Optional.of(read(attempt.plan(), "the plan on the workspace"));
  }

  private BuildPlan mounted() throws IOException, InterruptedException {
    // The kubelet mounts a key of a ConfigMap as a symbolic link.
    return read(paths.plan().toRealPath(), "the plan");
  }

  private static BuildPlan read(Path file, String description) throws InterruptedException {
    return new WorkspaceFile(file, description, Thread::sleep).read(BuildPlan.class);
  }
}
