package dev.stagewright.protocol;

import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.layers.oci.Platform;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the operator asks prepare and push to do.
 *
 * @param build namespace and name of the ImageBuild, for messages
 * @param source where Dockerfile and context come from
 * @param dockerfile path inside the source; empty means {@code Dockerfile}
 * @param target name or index of the stage to build; empty means the last
 * @param buildArgs values for ARG
 * @param platform what to build
 * @param output where the image goes
 * @param provisions what instructions may ask for
 * @param registries how hosts are reached, where the defaults do not do
 * @param stages what single stages have of their own
 * @param sharedPods whether stages may share Pods
 */
public record BuildRequest(
    String build,
    Source source,
    Optional<String> dockerfile,
    Optional<String> target,
    Map<String, String> buildArgs,
    Platform platform,
    Output output,
    AllowedSecrets provisions,
    List<RegistryHost> registries,
    List<StageRequest> stages,
    boolean sharedPods) {

  /** All stages alike, each with a Pod of its own. */
  public BuildRequest(
      String build,
      Source source,
      Optional<String> dockerfile,
      Optional<String> target,
      Map<String, String> buildArgs,
      Platform platform,
      Output output,
      AllowedSecrets provisions,
      List<RegistryHost> registries) {
    this(
        build,
        source,
        dockerfile,
        target,
        buildArgs,
        platform,
        output,
        provisions,
        registries,
        List.of(),
        false);
  }

  /** Where Dockerfile and context come from. */
  public sealed interface Source {
    /**
     * Small files held by the resource itself.
     *
     * @param files text by path
     * @param dockerfile text of the Dockerfile, whose path is that of the request; empty where it
     *     is one of the files
     */
    record Inline(Map<String, String> files, Optional<String> dockerfile) implements Source {
      /** One whose Dockerfile is among its files. */
      public Inline(Map<String, String> files) {
        this(files, Optional.empty());
      }
    }

    /** A ConfigMap, mounted at {@link Mounts#SOURCE}. */
    record Mounted() implements Source {}

    /** A volume of the user's, mounted at {@link Mounts#SOURCE}: its tree is taken exactly. */
    record Volume() implements Source {}

    /**
     * A git repository. Credentials, where needed, are mounted at {@link Mounts#GIT_CREDENTIALS}.
     *
     * @param url http or https
     * @param revision branch, tag or commit; empty means the remote's HEAD
     * @param directory folder of the repository that is the source's root; empty means all of it
     * @param keepGitDirectory whether the context has {@code .git}; empty where the build argument
     *     {@code BUILDKIT_CONTEXT_KEEP_GIT_DIR} says so
     */
    record Git(
        String url,
        Optional<String> revision,
        Optional<String> directory,
        Optional<Boolean> keepGitDirectory)
        implements Source {
      /** One that leaves {@code .git} to the build argument. */
      public Git(String url, Optional<String> revision, Optional<String> directory) {
        this(url, revision, directory, Optional.empty());
      }
    }
  }

  /**
   * What image comes out, and where it goes.
   *
   * @param destinations repositories that it goes to, that of {@code spec.output.image} first
   * @param format whose media types it has
   * @param labels of its config, over those of the Dockerfile
   * @param annotations of its manifest, over those that are set by themselves
   * @param layers how its layers are written
   * @param harbor what the Harbor of the first destination is to do with it; empty for nothing, at
   *     whatever registry
   */
  public record Output(
      List<Destination> destinations,
      ImageFormat format,
      Map<String, String> labels,
      Map<String, String> annotations,
      LayerOptions layers,
      Optional<HarborOptions> harbor) {
    /** One that asks nothing of Harbor. */
    public Output(
        List<Destination> destinations,
        ImageFormat format,
        Map<String, String> labels,
        Map<String, String> annotations,
        LayerOptions layers) {
      this(destinations, format, labels, annotations, layers, Optional.empty());
    }

    /** The same that asks this of the Harbor of the first destination. */
    public Output withHarbor(Optional<HarborOptions> options) {
      return new Output(destinations, format, labels, annotations, layers, options);
    }

    /** To one place, as OCI's image, without labels and annotations. */
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
   * A repository that the image goes to.
   *
   * @param field of the spec that it comes from, for messages, for example {@code spec.output}
   * @param repository {@code registry/repository}, fully qualified
   * @param tags what {@link TagTemplate} reads: first that of the field's {@code image}, then its
   *     {@code tags}
   * @param credentials path of the Secret's folder in {@link Mounts#REGISTRY_CREDENTIALS}; where it
   *     has no account for the registry, that of the first destination counts; empty for none
   * @param authorities name of a folder in {@link Mounts#REGISTRY_TLS} whose {@code ca.crt} is
   *     trusted for its registry; empty for none
   */
  public record Destination(
      String field,
      String repository,
      List<String> tags,
      Optional<String> credentials,
      Optional<String> authorities) {

    /** The field that a tag comes from. */
    public String fieldOfTag(int index) {
      return index == 0 ? field + ".image" : field + ".tags[" + (index - 1) + "]";
    }
  }

  /** Whose media types an image has. */
  public enum ImageFormat {
    OCI,
    /** Docker's schema 2, which has neither zstd nor annotations. */
    DOCKER
  }

  /**
   * What the build has for instructions that ask for it.
   *
   * @param secrets ids of the secrets, each a file of that name in {@link Mounts#SECRETS}
   * @param ssh ids of the SSH agents, each a folder of that name with keys in {@link Mounts#SSH}
   * @param insecure whether {@code RUN --security=insecure} is allowed
   */
  public record AllowedSecrets(Set<String> secrets, Set<String> ssh, boolean insecure) {
    /** Nothing. */
    public static final AllowedSecrets NONE = new AllowedSecrets(Set.of(), Set.of(), false);
  }

  /**
   * What a stage has of its own.
   *
   * @param name the stage's name after AS, or its index
   * @param secrets ids of secrets beside those of the build
   * @param terms what its Pod must be like; stages share a Pod only where these are equal, and
   *     those of a stage that has nothing of its own are empty
   */
  public record StageRequest(String name, Set<String> secrets, String terms) {}

  /**
   * How a registry is reached.
   *
   * @param host as references have it, for example {@code docker.io}
   * @param plainHttp no TLS
   * @param mirror where to look first, {@code host[:port][/path prefix]}; empty for none. How the
   *     mirror itself is reached is told by an entry for its host.
   * @param rewrites places to look instead, by path prefix of the repository; the empty prefix is
   *     for all. The longest counts.
   * @param caBundle certificates to trust, in PEM; empty for those of the runtime only
   * @param tls name of a folder in {@link Mounts#REGISTRY_TLS} with {@code ca.crt}, {@code tls.crt}
   *     and {@code tls.key}, each of which may be missing; empty for none
   * @param proxy {@code http://host:port}; empty for that of the environment
   * @param chunkSize most bytes in one request of an upload; empty for no limit that is known
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

    /** One that differs by nothing but this. */
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
