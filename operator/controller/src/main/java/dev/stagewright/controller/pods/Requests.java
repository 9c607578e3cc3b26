package dev.stagewright.controller.pods;

import dev.stagewright.api.v1alpha1.BuildSecret;
import dev.stagewright.api.v1alpha1.BuildSshKeys;
import dev.stagewright.api.v1alpha1.GitSource;
import dev.stagewright.api.v1alpha1.ImageBuildSpec;
import dev.stagewright.api.v1alpha1.InlineSource;
import dev.stagewright.api.v1alpha1.Output;
import dev.stagewright.controller.config.OperatorConfig.RegistryConfig;
import dev.stagewright.controller.run.Run;
import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.layers.oci.Platform;
import dev.stagewright.protocol.BuildRequest;
import dev.stagewright.protocol.BuildRequest.Provisions;
import dev.stagewright.protocol.BuildRequest.RegistryHost;
import dev.stagewright.protocol.BuildRequest.Source;
import dev.stagewright.protocol.LayerOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/**
 * Turns a spec into what prepare and push are asked.
 *
 * @param registries of the operator's configuration
 * @param allowInsecureRun of the operator's configuration
 */
public record Requests(List<RegistryConfig> registries, boolean allowInsecureRun) {
  private static final String DEFAULT_DOCKERFILE = "Dockerfile";

  /**
   * The request for a run.
   *
   * @throws IllegalArgumentException if the spec says something that the schema cannot rule out; it
   *     names the field
   */
  public BuildRequest of(Run run, ImageBuildSpec spec) {
    var image = image(spec.output());
    return new BuildRequest(
        run.namespace() + "/" + run.build(),
        source(spec),
        Optional.ofNullable(spec.dockerfile()),
        Optional.ofNullable(spec.target()),
        spec.buildArgs(),
        Platform.LINUX_AMD64,
        BuildRequest.Output.to(image, layers(spec.output())),
        provisions(spec),
        hosts(image.registry(), spec.output().insecure()));
  }

  private static ImageReference image(Output output) {
    try {
      return ImageReference.parse(output.image());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "spec.output.image: " + e.getMessage() + ": '" + output.image() + "'", e);
    }
  }

  private static LayerOptions layers(Output output) {
    var compression =
        switch (output.compression()) {
          case gzip -> LayerOptions.Algorithm.GZIP;
          case zstd -> LayerOptions.Algorithm.ZSTD;
        };
    return new LayerOptions(compression, Optional.ofNullable(output.sourceDateEpoch()));
  }

  private Provisions provisions(ImageBuildSpec spec) {
    var secrets = spec.secrets().stream().map(BuildSecret::id).toList();
    var ssh = spec.ssh().stream().map(BuildSshKeys::id).toList();
    return new Provisions(new LinkedHashSet<>(secrets), new LinkedHashSet<>(ssh), allowInsecureRun);
  }

  private static Source source(ImageBuildSpec spec) {
    var source = spec.source();
    if (source.inline() != null) {
      return inline(source.inline(), Optional.ofNullable(spec.dockerfile()));
    }
    if (source.git() != null) {
      return git(source.git());
    }
    return source.persistentVolumeClaim() != null ? new Source.Volume() : new Source.Mounted();
  }

  private static Source inline(InlineSource inline, Optional<String> dockerfile) {
    var files = new LinkedHashMap<>(inline.files());
    files.put(dockerfile.orElse(DEFAULT_DOCKERFILE), inline.dockerfile());
    return new Source.Inline(files);
  }

  private static Source git(GitSource git) {
    return new Source.Git(
        git.url(), Optional.ofNullable(git.revision()), Optional.ofNullable(git.directory()));
  }

  private List<RegistryHost> hosts(String outputHost, boolean insecure) {
    var hosts = new ArrayList<RegistryHost>();
    var isConfigured = false;
    for (var registry : registries) {
      var isOutput = registry.host().equals(outputHost);
      isConfigured |= isOutput;
      hosts.add(
          new RegistryHost(
              registry.host(), registry.plainHttp() || (isOutput && insecure), registry.mirror()));
    }
    if (insecure && !isConfigured) {
      hosts.add(new RegistryHost(outputHost, true, Optional.empty()));
    }
    return List.copyOf(hosts);
  }
}
