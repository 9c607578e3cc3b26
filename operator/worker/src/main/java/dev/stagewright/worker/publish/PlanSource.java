package dev.stagewright.worker.publish;

import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.worker.AttemptDirectory;
import dev.stagewright.worker.PhasePaths;
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
  Optional<BuildPlan> await() throws InterruptedException {
    var attempt = paths.attemptDirectory();
    return attempt.isPresent() ? await(attempt.get()) : Optional.of(mounted());
  }

  private Optional<BuildPlan> await(AttemptDirectory attempt) throws InterruptedException {
    var existing = files.awaitAny(List.of(attempt.plan(), attempt.failed()));
    if (existing.contains(attempt.failed())) {
      return Optional.empty();
    }
    return Optional.of(
        new WorkspaceFile(attempt.plan(), "the plan on the workspace", files.sleeper())
            .read(BuildPlan.class));
  }

  private BuildPlan mounted() throws InterruptedException {
    return new WorkspaceFile(paths.plan(), "the plan", files.sleeper()).read(BuildPlan.class);
  }
}
