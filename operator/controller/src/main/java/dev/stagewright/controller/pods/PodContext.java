package dev.stagewright.controller.pods;

import dev.stagewright.api.v1alpha1.ImageBuildSpec;
import dev.stagewright.api.v1alpha1.LocalReference;
import dev.stagewright.controller.run.BuildRun;
import dev.stagewright.protocol.SandboxKind;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What all objects of a run are made from.
 *
 * @param run whose objects
 * @param spec what it builds
 * @param image our own image
 * @param sandbox of the stages
 * @param imageVolumes whether the runtime comes into stage Pods by image volume
 * @param node the one that all Pods must be on; empty where they may be anywhere
 * @param pullSecrets asks for the names of the Secrets that the Pods' ServiceAccount has for images
 */
public record PodContext(
    BuildRun run,
    ImageBuildSpec spec,
    String image,
    SandboxKind sandbox,
    boolean imageVolumes,
    Optional<String> node,
    Supplier<List<String>> pullSecrets) {
  /** The same for stages in this sandbox. */
  public PodContext in(SandboxKind kind) {
    return new PodContext(run, spec, image, kind, imageVolumes, node, pullSecrets);
  }

  /** One whose ServiceAccount has no Secrets for images. */
  public PodContext(
      BuildRun run,
      ImageBuildSpec spec,
      String image,
      SandboxKind sandbox,
      boolean imageVolumes,
      Optional<String> node) {
    this(run, spec, image, sandbox, imageVolumes, node, List::of);
  }

  /** Those of the ServiceAccount that the spec does not name itself. */
  List<String> accountSecrets() {
    var own = spec.imagePullSecrets().stream().map(LocalReference::name).toList();
    return pullSecrets.get().stream().filter(name -> !own.contains(name)).distinct().toList();
  }

  /** The same for a Pod that may be on any node. */
  PodContext anywhere() {
    return new PodContext(run, spec, image, sandbox, imageVolumes, Optional.empty(), pullSecrets);
  }
}
