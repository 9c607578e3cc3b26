package dev.stagewright.controller.pods;

import dev.stagewright.api.v1alpha1.BuildSecret;
import dev.stagewright.api.v1alpha1.BuildSshKeys;
import dev.stagewright.api.v1alpha1.Execution;
import dev.stagewright.api.v1alpha1.GitSource;
import dev.stagewright.api.v1alpha1.ImageBuildSpec;
import dev.stagewright.api.v1alpha1.InlineSource;
import dev.stagewright.api.v1alpha1.StageSettings;
import dev.stagewright.controller.run.BuildRun;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.layers.oci.Platform;
import dev.stagewright.protocol.BuildRequest;
import dev.stagewright.protocol.BuildRequest.AllowedSecrets;
import dev.stagewright.protocol.BuildRequest.Source;
import dev.stagewright.protocol.BuildRequest.StageRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;

/**
 * Turns a spec into what prepare and push are asked.
 *
 * @param access to registries
 * @param allowInsecureRun of the operator's configuration
 */
public record BuildRequestFactory(RegistryAccess access, boolean allowInsecureRun) {
  /**
   * The request for a run.
   *
   * @param startedAt when the run began
   * @throws IllegalArgumentException if the spec says something that the schema cannot rule out; it
   *     names the field
   */
  public BuildRequest of(BuildRun run, ImageBuildSpec spec, Instant startedAt) {
    var output = new OutputRequest(run, spec.output(), startedAt);
    return new BuildRequest(
        run.namespace() + "/" + run.build(),
        source(spec),
        dockerfile(spec),
        Optional.ofNullable(spec.target()),
        spec.buildArgs(),
        Platform.LINUX_AMD64,
        output.request(),
        provisions(spec),
        access.hosts(output.insecureHosts()),
        spec.stages().stream().map(BuildRequestFactory::stage).toList(),
        spec.execution() == Execution.auto);
  }

  /**
   * Its terms are all that it has of its own. The name is none of them, unless the stage has a time
   * of its own, which no other may use up.
   */
  private static StageRequest stage(StageSettings settings) {
    var secrets = settings.secrets().stream().map(BuildSecret::id).toList();
    var terms =
        settings.timeout() == null
            ? settings.toString().replace("name=" + settings.name() + ",", "")
            : settings.toString();
    var digest = Digest.of(terms.getBytes(StandardCharsets.UTF_8));
    return new StageRequest(settings.name(), new LinkedHashSet<>(secrets), digest.hex());
  }

  private AllowedSecrets provisions(ImageBuildSpec spec) {
    var secrets = spec.secrets().stream().map(BuildSecret::id).toList();
    var ssh = spec.ssh().stream().map(BuildSshKeys::id).toList();
    return new AllowedSecrets(
        new LinkedHashSet<>(secrets), new LinkedHashSet<>(ssh), allowInsecureRun);
  }

  private static Source source(ImageBuildSpec spec) {
    var source = spec.source();
    if (source.inline() != null) {
      return inline(source.inline());
    }
    if (source.git() != null) {
      return git(source.git());
    }
    return source.persistentVolumeClaim() != null ? new Source.Volume() : new Source.Mounted();
  }

  private static Optional<String> dockerfile(ImageBuildSpec spec) {
    return Optional.ofNullable(spec.dockerfile()).map(path -> new DockerfilePath(path).inSource());
  }

  private static Source inline(InlineSource inline) {
    return new Source.Inline(inline.files(), Optional.of(inline.dockerfile()));
  }

  private static Source git(GitSource git) {
    return new Source.Git(
        git.url(),
        Optional.ofNullable(git.revision()),
        Optional.ofNullable(git.directory()),
        Optional.ofNullable(git.keepGitDir()));
  }
}
