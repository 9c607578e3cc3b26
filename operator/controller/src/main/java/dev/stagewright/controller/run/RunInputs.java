package dev.stagewright.controller.run;

import dev.stagewright.api.v1alpha1.ImageBuild;
import java.util.Optional;

/**
 * What decides which run an ImageBuild requires: the ImageBuild, and what another object says about
 * it.
 *
 * @param build in its latest version
 * @param artifact of its Flux source; empty if the source is not of Flux, or was not looked up
 */
public record RunInputs(ImageBuild build, Optional<FluxArtifact.Lookup> artifact) {
  /** An ImageBuild for which nothing else was looked up. */
  public static RunInputs of(ImageBuild build) {
    return new RunInputs(build, Optional.empty());
  }

  /** The artifact, if there is one. */
  Optional<FluxArtifact> foundArtifact() {
    return artifact.flatMap(FluxArtifact.Lookup::found);
  }

  /** Why there is no artifact; empty if there is one, or none is needed. */
  Optional<String> missingArtifact() {
    return artifact.flatMap(lookup ->
        lookup instanceof FluxArtifact.Lookup.Missing(var reason)
            ? Optional.of(reason)
            : Optional.empty());
  }
}
