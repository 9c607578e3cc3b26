package dev.stagewright.controller.pods;

import dev.stagewright.api.v1alpha1.BuildSecret;
import dev.stagewright.api.v1alpha1.BuildSshKeys;
import dev.stagewright.api.v1alpha1.Execution;
import dev.stagewright.api.v1alpha1.FluxSource;
import dev.stagewright.api.v1alpha1.GitSource;
import dev.stagewright.api.v1alpha1.GitVerification;
import dev.stagewright.api.v1alpha1.HttpSource;
import dev.stagewright.api.v1alpha1.ImageBuildSpec;
import dev.stagewright.api.v1alpha1.InlineSource;
import dev.stagewright.api.v1alpha1.KubernetesDuration;
import dev.stagewright.api.v1alpha1.StageSettings;
import dev.stagewright.api.v1alpha1.StreamSource;
import dev.stagewright.controller.config.CacheConfig;
import dev.stagewright.controller.run.BuildRun;
import dev.stagewright.controller.run.FluxArtifact;
import dev.stagewright.layers.oci.Platform;
import dev.stagewright.protocol.BuildRequest;
import dev.stagewright.protocol.BuildRequest.AllowedSecrets;
import dev.stagewright.protocol.BuildRequest.StageRequest;
import dev.stagewright.protocol.CacheRequest;
import dev.stagewright.protocol.SourceRequest;
import dev.stagewright.protocol.SourceRequest.SignatureMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Creates the request that the worker Pod reads from the spec of an ImageBuild.
 *
 * @param access to registries
 * @param allowInsecureRun whether the operator's configuration allows privileged RUN instructions
 * @param maxWorkerBaseSize largest base image of a stage that runs in the worker Pod, in bytes; 0
 *     if each stage has a Pod
 * @param cache configuration of the cache
 */
public record BuildRequestFactory(
    RegistryAccess access, boolean allowInsecureRun, long maxWorkerBaseSize, CacheConfig cache) {
  /**
   * The request of a run.
   *
   * @param startedAt the start time of the run
   * @param ignoreRecords whether the run ignores existing records of the cache
   * @throws IllegalArgumentException if the spec is invalid in a way that the schema cannot
   *     express; the message names the field
   */
  public BuildRequest of(
      BuildRun run, ImageBuildSpec spec, Instant startedAt, boolean ignoreRecords) {
    var output = new OutputRequest(run, spec.output(), startedAt);
    return BuildRequest.builder(
            run.namespace() + "/" + run.build(),
            source(run, spec),
            Platform.LINUX_AMD64,
            output.request())
        .dockerfile(dockerfile(spec))
        .target(Optional.ofNullable(spec.target()))
        .buildArgs(spec.buildArgs())
        .provisions(allowedSecrets(spec))
        .registries(access.hosts(insecureHosts(spec, output)))
        .stages(spec.stages().stream().map(BuildRequestFactory::stage).toList())
        .sharedPods(spec.execution() == Execution.auto)
        .workerBaseBytes(workerBaseBytes(spec))
        .cache(cache(spec, ignoreRecords))
        .checks(new RequestedChecks(spec.checks()).request())
        .build();
  }

  private Optional<CacheRequest> cache(ImageBuildSpec spec, boolean ignoreRecords) {
    if (!cache.enabled() || spec.cache().disabled()) {
      return Optional.empty();
    }
    var location = new CacheLocation(spec);
    return Optional.of(
        new CacheRequest(
            location.repository(),
            location.credentialsDirectory(),
            location.authoritiesDirectory(),
            switch (spec.cache().mode()) {
              case min -> CacheRequest.Mode.MIN;
              case max -> CacheRequest.Mode.MAX;
            },
            spec.cache().readOnly(),
            ignoreRecords,
            maxAge(spec).map(Duration::toSeconds),
            Boolean.TRUE.equals(spec.cache().prefixImages())));
  }

  /** The lower of the limits of the spec and the configuration. */
  private Optional<Duration> maxAge(ImageBuildSpec spec) {
    return Stream.concat(
            Optional.ofNullable(spec.cache().ttl()).map(KubernetesDuration::parse).stream(),
            cache.maxAge().stream())
        .min(Comparator.naturalOrder());
  }

  private Optional<Long> workerBaseBytes(ImageBuildSpec spec) {
    return spec.execution() == Execution.auto && maxWorkerBaseSize > 0
        ? Optional.of(maxWorkerBaseSize)
        : Optional.empty();
  }

  private static StageRequest stage(StageSettings settings) {
    var secrets = settings.secrets().stream().map(BuildSecret::id).toList();
    return new StageRequest(
        settings.name(), new LinkedHashSet<>(secrets), PodProfile.of(settings).digest());
  }

  private AllowedSecrets allowedSecrets(ImageBuildSpec spec) {
    var secrets = spec.secrets().stream().map(BuildSecret::id).toList();
    var ssh = spec.ssh().stream().map(BuildSshKeys::id).toList();
    return new AllowedSecrets(
        new LinkedHashSet<>(secrets), new LinkedHashSet<>(ssh), allowInsecureRun);
  }

  private static SourceRequest source(BuildRun run, ImageBuildSpec spec) {
    var source = spec.source();
    if (source.inline() != null) {
      return inline(source.inline());
    }
    if (source.git() != null) {
      return git(source.git());
    }
    if (source.http() != null) {
      return http(source.http());
    }
    if (source.oci() != null) {
      return new OciArtifact(source.oci()).request();
    }
    if (source.stream() != null) {
      return stream(source.stream());
    }
    if (source.flux() != null) {
      return flux(source.flux(), run.start().artifact());
    }
    return source.persistentVolumeClaim() != null
        ? new SourceRequest.Volume()
        : new SourceRequest.Mounted();
  }

  private static Optional<String> dockerfile(ImageBuildSpec spec) {
    return Optional.ofNullable(spec.dockerfile()).map(path -> new DockerfilePath(path).inSource());
  }

  private static SourceRequest inline(InlineSource inline) {
    return new SourceRequest.Inline(inline.files(), Optional.of(inline.dockerfile()));
  }

  private static Set<String> insecureHosts(ImageBuildSpec spec, OutputRequest output) {
    var hosts = new HashSet<>(output.insecureHosts());
    if (spec.source().oci() != null && Boolean.TRUE.equals(spec.source().oci().insecure())) {
      hosts.add(new OciArtifact(spec.source().oci()).registry());
    }
    return hosts;
  }

  private static SourceRequest http(HttpSource http) {
    return new SourceRequest.Http(
        http.url(),
        Optional.ofNullable(http.digest()),
        Optional.ofNullable(http.directory()),
        http.stripComponents() == null ? 0 : http.stripComponents());
  }

  private static SourceRequest stream(StreamSource stream) {
    return new SourceRequest.Stream(
        KubernetesDuration.parse(stream.timeout()).toSeconds(),
        Optional.ofNullable(stream.maxSize()).map(size -> size.getNumericalAmount().longValue()));
  }

  /** A run without an artifact waits for it, so its request is not used. */
  private static SourceRequest flux(FluxSource flux, Optional<FluxArtifact> artifact) {
    return new SourceRequest.Flux(
        flux.kind().name(),
        flux.name(),
        artifact.map(FluxArtifact::url).orElse(""),
        artifact.map(FluxArtifact::digest).orElse(""),
        artifact.map(FluxArtifact::revision).orElse(""),
        artifact.map(FluxArtifact::origin).orElse(""),
        Optional.ofNullable(flux.directory()));
  }

  private static SourceRequest git(GitSource git) {
    return new SourceRequest.Git(
        git.url(),
        Optional.ofNullable(git.revision()),
        Optional.ofNullable(git.directory()),
        Optional.ofNullable(git.keepGitDir()),
        Optional.ofNullable(git.verify()).map(verify -> mode(verify.mode())),
        Optional.ofNullable(git.lfs()));
  }

  private static SignatureMode mode(GitVerification.Mode mode) {
    return switch (mode) {
      case Head -> SignatureMode.HEAD;
      case Tag -> SignatureMode.TAG;
      case TagAndHead -> SignatureMode.TAG_AND_HEAD;
    };
  }
}
