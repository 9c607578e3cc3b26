package dev.stagewright.kubectl.cluster;

import dev.stagewright.api.v1alpha1.BuildPhase;
import dev.stagewright.api.v1alpha1.ImageBuild;
import dev.stagewright.api.v1alpha1.ImageBuildStatus;
import java.util.List;
import java.util.Optional;

/**
 * A build and the containers of its Pods at one point in time.
 *
 * @param build the resource
 * @param pods the containers of the run that the status describes, in no particular order
 */
public record BuildSnapshot(ImageBuild build, List<TaskContainer> pods) {

  /** The status; empty until the operator has written one. */
  public Optional<ImageBuildStatus> status() {
    return Optional.ofNullable(build.getStatus()).filter(status -> status.phase() != null);
  }

  /** The generation that the Pods build. */
  public long generation() {
    return generation(build);
  }

  static long generation(ImageBuild build) {
    var status = build.getStatus();
    return status == null || status.phase() == null
        ? build.getMetadata().getGeneration()
        : status.observedGeneration();
  }

  /** The phase of the current spec; empty until the operator has observed the spec. */
  public Optional<BuildPhase> phase() {
    return statusOfCurrentSpec().flatMap(status -> Optional.ofNullable(status.phase()));
  }

  /** Whether the build of the current spec is finished. */
  public boolean isFinished() {
    return statusOfCurrentSpec().filter(ImageBuildStatus::hasEnded).isPresent();
  }

  private Optional<ImageBuildStatus> statusOfCurrentSpec() {
    return status()
        .filter(status -> status.observedGeneration() == build.getMetadata().getGeneration());
  }
}
