package dev.stagewright.kubectl.cluster;

import dev.stagewright.api.v1alpha1.BuildPhase;
import dev.stagewright.api.v1alpha1.ImageBuild;
import dev.stagewright.api.v1alpha1.ImageBuildStatus;
import java.util.List;
import java.util.Optional;

/**
 * A build at one moment.
 *
 * @param build the resource
 * @param pods those of the run that its status is about, in no order
 */
public record Snapshot(ImageBuild build, List<BuildPod> pods) {

  /** What the operator has written; empty where it has not seen the build yet. */
  public Optional<ImageBuildStatus> status() {
    return Optional.ofNullable(build.getStatus()).filter(status -> status.phase() != null);
  }

  /** The generation that the Pods build. */
  public long run() {
    return run(build);
  }

  static long run(ImageBuild build) {
    var status = build.getStatus();
    return status == null || status.phase() == null
        ? build.getMetadata().getGeneration()
        : status.observedGeneration();
  }

  /** How far the current spec is; empty where the operator has not begun with it. */
  public Optional<BuildPhase> phase() {
    return status()
        .filter(status -> status.observedGeneration() == build.getMetadata().getGeneration())
        .flatMap(status -> Optional.ofNullable(status.phase()));
  }

  /** Whether nothing more happens to the current spec. */
  public boolean isOver() {
    return phase().map(BuildPhase::isFinal).orElse(false);
  }
}
