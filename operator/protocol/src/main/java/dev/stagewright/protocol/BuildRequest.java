package dev.stagewright.protocol;

import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.layers.oci.Platform;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The request of the operator to the phases prepare and publish.
 *
 * @param build namespace and name of the ImageBuild, for messages
 * @param source source of the Dockerfile and the build context
 * @param dockerfile path of the Dockerfile in the source; empty means {@code Dockerfile}
 * @param target name or index of the stage to build; empty means the last
 * @param buildArgs values for ARG
 * @param platform platform of the image
 * @param output format and destinations of the image
 * @param provisions secrets, SSH agents and privileges that instructions may use; the name is that
 *     of the JSON property, which running builds depend on
 * @param registries connection settings of registries that differ from the defaults
 * @param stages settings of single stages
 * @param sharedPods whether several stages may run in one Pod
 * @param workerBaseBytes the largest size of a base image, as the sum of its compressed layers in
 *     bytes, for which stages without RUN run in the worker; empty if all stages run in Pods
 * @param cache the cache of instructions; empty for none
 * @param checks the checks of the image; empty for none
 */
public record BuildRequest(
    String build,
    SourceRequest source,
    Optional<String> dockerfile,
    Optional<String> target,
    Map<String, String> buildArgs,
    Platform platform,
    Output output,
    AllowedSecrets provisions,
    List<RegistryHost> registries,
    List<StageRequest> stages,
    boolean sharedPods,
    Optional<Long> workerBaseBytes,
    Optional<CacheRequest> cache,
    Optional<CheckRequest> checks) {

  /** Starts a request. */
  public static BuildRequestBuilder builder(
      String build, SourceRequest source, Platform platform, Output output) {
    return new BuildRequestBuilder(build, source, platform, output);
  }

  /** Starts a copy of this request. */
  public BuildRequestBuilder toBuilder() {
    return builder(build, source, platform, output)
        .dockerfile(dockerfile)
        .target(target)
        .buildArgs(buildArgs)
        .provisions(provisions)
        .registries(registries)
        .stages(stages)
        .sharedPods(sharedPods)
        .workerBaseBytes(workerBaseBytes)
        .cache(cache)
        .checks(checks);
  }

  /**
   * The format and the destinations of the image.
   *
   * @param destinations repositories to push to; that of {@code spec.output.image} is the first
   * @param format media types of the image
   * @param labels labels of the image config, which override those of the Dockerfile
   * @param annotations annotations of the manifest, which override the automatic annotations
   * @param layers how stages write their layers
   * @param harbor what the Harbor of the first destination does with the image; empty if nothing is
   *     requested or the registry is not Harbor
   */
  public record Output(
      List<Destination> destinations,
      ImageFormat format,
      Map<String, String> labels,
      Map<String, String> annotations,
      LayerOptions layers,
      Optional<HarborOptions> harbor) {
    /** An output without requests to Harbor. */
    public Output(
        List<Destination> destinations,
        ImageFormat format,
        Map<String, String> labels,
        Map<String, String> annotations,
        LayerOptions layers) {
      this(destinations, format, labels, annotations, layers, Optional.empty());
    }

    /** This output with other requests to the Harbor of the first destination. */
    public Output withHarbor(Optional<HarborOptions> options) {
      return new Output(destinations, format, labels, annotations, layers, options);
    }

    /** An output to one repository, as an OCI image without labels and annotations. */
    public static Output to(ImageReference image, LayerOptions layers) {
      var destination =
          new Destination(
              "spec.output",
              image.name(),
              image.tag().stream().toList(),
              Optional.empty(),
              Optional.empty());
      return new Output(List.of(destination), ImageFormat.OCI, Map.of(), Map.of(), layers);
    }
  }

  /**
   * A repository to push the image to.
   *
   * @param field field of the spec that defines it, for messages, for example {@code spec.output}
   * @param repository {@code registry/repository}, fully qualified
   * @param tags texts of {@link TagTemplate}s: first the tag of the field {@code image}, then those
   *     of {@code tags}
   * @param credentials path of the directory of the Secret in {@link Mounts#REGISTRY_CREDENTIALS};
   *     empty for none. If the Secret has no account for the registry, that of the first
   *     destination is used.
   * @param authorities name of a directory in {@link Mounts#REGISTRY_TLS} whose {@code ca.crt} is
   *     trusted for the registry; empty for none
   */
  public record Destination(
      String field,
      String repository,
      List<String> tags,
      Optional<String> credentials,
      Optional<String> authorities) {

    /** The field of the spec that defines a tag. */
    public String fieldOfTag(int index) {
      return index == 0 ? field + ".image" : field + ".tags[" + (index - 1) + "]";
    }
  }

  /** The media types of an image. */
  public enum ImageFormat {
    OCI,
    /** Docker image manifest version 2, schema 2, which supports neither zstd nor annotations. */
    DOCKER
  }

  /**
   * The secrets, SSH agents and privileges that instructions may use.
   *
   * @param secrets ids of secrets, each a file of this name in {@link Mounts#SECRETS}
   * @param ssh ids of SSH agents, each a directory of this name with keys in {@link Mounts#SSH}
   * @param insecure whether {@code RUN --security=insecure} is allowed
   */
  public record AllowedSecrets(Set<String> secrets, Set<String> ssh, boolean insecure) {
    /** Nothing. */
    public static final AllowedSecrets NONE = new AllowedSecrets(Set.of(), Set.of(), false);
  }

  /**
   * The settings of one stage.
   *
   * @param name name of the stage after AS, or its index
   * @param secrets ids of secrets in addition to those of the build
   * @param terms requirements on the Pod; stages share a Pod only if their terms are equal. The
   *     terms of a stage without own settings are empty.
   */
  public record StageRequest(String name, Set<String> secrets, String terms) {}

  /**
   * Connection settings of a registry.
   *
   * @param host host as in image references, for example {@code docker.io}
   * @param plainHttp whether to connect without TLS
   * @param mirror mirror to try first, {@code host[:port][/path prefix]}; empty for none. An entry
   *     for the host of the mirror defines how to connect to it.
   * @param rewrites locations to use instead, by path prefix of the repository. The longest
   *     matching prefix applies; the empty prefix matches all repositories.
   * @param caBundle certificate authorities to trust, in PEM; empty for those of the runtime only
   * @param tls name of a directory in {@link Mounts#REGISTRY_TLS} with {@code ca.crt}, {@code
   *     tls.crt} and {@code tls.key}, each of which is optional; empty for none
   * @param proxy proxy, {@code http://host:port}; empty for that of the environment
   * @param chunkSize largest number of bytes in one request of an upload; empty if no limit is
   *     known
   */
  public record RegistryHost(
      String host,
      boolean plainHttp,
      Optional<String> mirror,
      Map<String, String> rewrites,
      Optional<String> caBundle,
      Optional<String> tls,
      Optional<String> proxy,
      Optional<Long> chunkSize) {

    /** A registry with default settings apart from these. */
    public RegistryHost(String host, boolean plainHttp, Optional<String> mirror) {
      this(
          host,
          plainHttp,
          mirror,
          Map.of(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());
    }
  }
}
