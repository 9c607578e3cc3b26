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

  /** The number of the run of the Pods. */
  public long run() {
    return run(build);
  }

  static long run(ImageBuild build) {
    var status = build.getStatus();
    return status == null || status.phase() == null
        ? build.getMetadata().getGeneration()
        : status.runNumber();
  }

  /**
   * The phase of the run that builds the current spec; empty until the operator has observed the
   * spec and the annotation that asks for another run.
   */
  public Optional<BuildPhase> phase() {
    return statusOfCurrentSpec().flatMap(status -> Optional.ofNullable(status.phase()));
  }

  /** Whether that run is finished. */
  public boolean isFinished() {
    return statusOfCurrentSpec().filter(ImageBuildStatus::hasEnded).isPresent();
  }

  private Optional<ImageBuildStatus> statusOfCurrentSpec() {
    return status().filter(status -> status.isUpToDate(build.getMetadata()));
  }
}
