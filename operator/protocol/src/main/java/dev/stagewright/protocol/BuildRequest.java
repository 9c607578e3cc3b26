package dev.stagewright.protocol;

import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.layers.oci.Platform;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
 * @param registries how hosts are reached, where the defaults do not do
 */
public record BuildRequest(
    String build,
    Source source,
    Optional<String> dockerfile,
    Optional<String> target,
    Map<String, String> buildArgs,
    Platform platform,
    Output output,
    List<RegistryHost> registries) {

  /** Where Dockerfile and context come from. */
  public sealed interface Source {
    /**
     * Small files held by the resource itself.
     *
     * @param files text by path
     */
    record Inline(Map<String, String> files) implements Source {}

    /** A volume mounted at {@link Mounts#SOURCE}, for example a ConfigMap. */
    record Mounted() implements Source {}

    /**
     * A git repository. Credentials, where needed, are mounted at {@link Mounts#GIT_CREDENTIALS}.
     *
     * @param url http or https
     * @param revision branch, tag or commit; empty means the remote's HEAD
     * @param directory folder of the repository that is the source's root; empty means all of it
     */
    record Git(String url, Optional<String> revision, Optional<String> directory)
        implements Source {}
  }

  /**
   * Where the image goes.
   *
   * @param image with the tag to push
   */
  public record Output(ImageReference image) {}

  /**
   * How a registry is reached.
   *
   * @param host as references have it, for example {@code docker.io}
   * @param plainHttp no TLS
   * @param mirror where to look first, {@code host[:port][/path prefix]}; empty for none. How the
   *     mirror itself is reached is told by an entry for its host.
   */
  public record RegistryHost(String host, boolean plainHttp, Optional<String> mirror) {}
}
