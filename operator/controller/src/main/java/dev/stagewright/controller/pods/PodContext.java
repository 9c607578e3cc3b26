package dev.stagewright.controller.pods;

import dev.stagewright.api.v1alpha1.ImageBuildSpec;
import dev.stagewright.api.v1alpha1.LocalReference;
import dev.stagewright.controller.run.BuildRun;
import dev.stagewright.protocol.SandboxKind;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The input for all objects of a run.
 *
 * @param spec of the ImageBuild
 * @param image the operator's own image, which the worker Pod runs
 * @param sandbox of the stages
 * @param imageVolumes whether stage Pods mount the runtime as an image volume
 * @param node the node of all Pods of the run; empty if they can be on any node
 * @param pullSecrets looks up the pull secrets of the Pods' ServiceAccount
 * @param cacheMounts storage of cache mounts
 */
public record PodContext(
    BuildRun run,
    ImageBuildSpec spec,
    String image,
    SandboxKind sandbox,
    boolean imageVolumes,
    Optional<String> node,
    Supplier<List<String>> pullSecrets,
    CacheStorage cacheMounts) {

  /** The input for a run whose caches are on the claim of the spec, if that names one. */
  public PodContext(
      BuildRun run,
      ImageBuildSpec spec,
      String image,
      SandboxKind sandbox,
      boolean imageVolumes,
      Optional<String> node,
      Supplier<List<String>> pullSecrets) {
    this(run, spec, image, sandbox, imageVolumes, node, pullSecrets, CacheStorage.requested(spec));
  }

  /** The same for a run whose ServiceAccount has no pull secrets. */
  public PodContext(
      BuildRun run,
      ImageBuildSpec spec,
      String image,
      SandboxKind sandbox,
      boolean imageVolumes,
      Optional<String> node) {
    this(run, spec, image, sandbox, imageVolumes, node, List::of);
  }

  /** The same input for stages in another sandbox. */
  public PodContext withSandbox(SandboxKind kind) {
    return new PodContext(run, spec, image, kind, imageVolumes, node, pullSecrets, cacheMounts);
  }

  /** The pull secrets of the ServiceAccount that the spec does not name. */
  List<String> accountSecrets() {
    var ofSpec = pullSecretsOfSpec();
    return pullSecrets.get().stream().filter(name -> !ofSpec.contains(name)).distinct().toList();
  }

  /** All pull secrets: those of the spec, and those of the ServiceAccount. */
  List<String> pullSecretNames() {
    return Stream.concat(pullSecretsOfSpec().stream(), accountSecrets().stream()).toList();
  }

  private List<String> pullSecretsOfSpec() {
    return spec.imagePullSecrets().stream().map(LocalReference::name).toList();
  }
}
