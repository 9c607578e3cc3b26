package dev.stagewright.controller.pods;

import dev.stagewright.api.v1alpha1.ImageBuildSpec;
import dev.stagewright.controller.run.Run;
import dev.stagewright.protocol.SandboxKind;
import java.util.Optional;

/**
 * What all objects of a run are made from.
 *
 * @param run whose objects
 * @param spec what it builds
 * @param image our own image
 * @param sandbox of the stages
 * @param imageVolumes whether the runtime comes into stage Pods by image volume
 * @param node the one that all Pods must be on; empty where they may be anywhere
 */
public record Blueprint(
    Run run,
    ImageBuildSpec spec,
    String image,
    SandboxKind sandbox,
    boolean imageVolumes,
    Optional<String> node) {
  /** The same for stages in this sandbox. */
  public Blueprint in(SandboxKind kind) {
    return new Blueprint(run, spec, image, kind, imageVolumes, node);
  }

  /** The same for a Pod that may be on any node. */
  Blueprint anywhere() {
    return new Blueprint(run, spec, image, sandbox, imageVolumes, Optional.empty());
  }
}
