package dev.stagewright.kubectl.build;

import dev.stagewright.api.v1alpha1.ImageBuild;
import dev.stagewright.api.v1alpha1.ImageBuildStatus;
import java.util.Optional;

/**
 * A run that the command has started.
 *
 * @param build as it was applied
 * @param trigger the value of the annotation {@code stagewright.dev/rebuild}
 */
public record StartedBuild(ImageBuild build, String trigger) {
  /** The name of the ImageBuild. */
  public String name() {
    return build.getMetadata().getName();
  }

  /** The status of the run; empty until the operator has written one. */
  public Optional<ImageBuildStatus> status(ImageBuild current) {
    return Optional.ofNullable(current.getStatus())
        .filter(status -> trigger.equals(status.observedRebuild()));
  }

  /** Whether another client has started another run, which replaces or follows this one. */
  public boolean isReplacedIn(ImageBuild current) {
    var annotations = current.getMetadata().getAnnotations();
    return annotations == null
        || !trigger.equals(annotations.get(ImageBuild.REBUILD_ANNOTATION))
        || !build.getMetadata().getUid().equals(current.getMetadata().getUid());
  }

  /** The number of the run, which follows from the status before it if there is none. */
  public long run(ImageBuild current) {
    var generation = (long) build.getMetadata().getGeneration();
    return status(current)
        .map(ImageBuildStatus::runNumber)
        .orElseGet(() ->
            Optional.ofNullable(current.getStatus())
                .map(before -> Math.max(generation, before.runNumber() + 1))
                .orElse(generation));
  }
}
