package dev.stagewright.protocol;

import dev.stagewright.layers.oci.Platform;
import dev.stagewright.protocol.BuildRequest.AllowedSecrets;
import dev.stagewright.protocol.BuildRequest.Output;
import dev.stagewright.protocol.BuildRequest.RegistryHost;
import dev.stagewright.protocol.BuildRequest.StageRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Builds a {@link BuildRequest}. Without further settings it builds the last stage of {@code
 * Dockerfile}, each stage in its own Pod, without secrets, cache and checks.
 */
public final class BuildRequestBuilder {
  private final String build;
  private final SourceRequest source;
  private final Platform platform;
  private final Output output;
  private Optional<String> dockerfile = Optional.empty();
  private Optional<String> target = Optional.empty();
  private Map<String, String> buildArgs = Map.of();
  private AllowedSecrets provisions = AllowedSecrets.NONE;
  private List<RegistryHost> registries = List.of();
  private List<StageRequest> stages = List.of();
  private boolean sharedPods;
  private Optional<Long> workerBaseBytes = Optional.empty();
  private Optional<CacheRequest> cache = Optional.empty();
  private Optional<CheckRequest> checks = Optional.empty();

  BuildRequestBuilder(String build, SourceRequest source, Platform platform, Output output) {
    this.build = build;
    this.source = source;
    this.platform = platform;
    this.output = output;
  }

  /** Sets {@link BuildRequest#dockerfile}. */
  public BuildRequestBuilder dockerfile(Optional<String> value) {
    dockerfile = value;
    return this;
  }

  /** Sets {@link BuildRequest#target}. */
  public BuildRequestBuilder target(Optional<String> value) {
    target = value;
    return this;
  }

  /** Sets {@link BuildRequest#buildArgs}. */
  public BuildRequestBuilder buildArgs(Map<String, String> value) {
    buildArgs = value;
    return this;
  }

  /** Sets {@link BuildRequest#provisions}. */
  public BuildRequestBuilder provisions(AllowedSecrets value) {
    provisions = value;
    return this;
  }

  /** Sets {@link BuildRequest#registries}. */
  public BuildRequestBuilder registries(List<RegistryHost> value) {
    registries = List.copyOf(value);
    return this;
  }

  /** Sets {@link BuildRequest#stages}. */
  public BuildRequestBuilder stages(List<StageRequest> value) {
    stages = List.copyOf(value);
    return this;
  }

  /** Sets {@link BuildRequest#sharedPods}. */
  public BuildRequestBuilder sharedPods(boolean value) {
    sharedPods = value;
    return this;
  }

  /** Sets {@link BuildRequest#workerBaseBytes}. */
  public BuildRequestBuilder workerBaseBytes(Optional<Long> value) {
    workerBaseBytes = value;
    return this;
  }

  /** Sets {@link BuildRequest#cache}. */
  public BuildRequestBuilder cache(Optional<CacheRequest> value) {
    cache = value;
    return this;
  }

  /** Sets {@link BuildRequest#checks}. */
  public BuildRequestBuilder checks(Optional<CheckRequest> value) {
    checks = value;
    return this;
  }

  /** The request. */
  public BuildRequest build() {
    return new BuildRequest(
        build,
        source,
        dockerfile,
        target,
        buildArgs,
        platform,
        output,
        provisions,
        registries,
        stages,
        sharedPods,
        workerBaseBytes,
        cache,
        checks);
  }
}
