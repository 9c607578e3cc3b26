package dev.stagewright.image;

import dev.stagewright.layers.oci.ContainerConfig;
import dev.stagewright.layers.oci.Descriptor;
import dev.stagewright.layers.oci.History;
import dev.stagewright.layers.oci.ImageConfig;
import dev.stagewright.layers.oci.ImageIndex;
import dev.stagewright.layers.oci.Manifest;
import dev.stagewright.layers.oci.MediaTypes;
import dev.stagewright.layers.oci.Platform;
import dev.stagewright.protocol.BuildRequest;
import dev.stagewright.protocol.CacheRequest;
import dev.stagewright.protocol.CheckRequest;
import dev.stagewright.protocol.LayerOptions;
import dev.stagewright.protocol.SourceRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The build that trains the worker.
 *
 * @param plain host and port of a registry without TLS
 * @param secure host and port of a registry with TLS; may be the same as the other one, which then
 *     has TLS if there is a certificate
 * @param authorities the certificate of that registry; empty for none
 */
record TrainingBuild(String plain, String secure, String authorities) {
  /** The directory of the Secret with the accounts of the registries. */
  static final String SECRET = "destination-0/training";

  private static final String TAG = "1";

  /** The images to push. */
  List<String> images() {
    return List.of(plain + "/training/hello:" + TAG, secure + "/training/hello:" + TAG);
  }

  private String dockerfile() {
    return """
    # syntax=docker/dockerfile:1
    ARG VERSION=1
    FROM %1$s/library/base AS first
    ARG VERSION
    ENV VERSION=${VERSION:-2}
    WORKDIR /srv
    COPY --chown=1:2 src/*.txt ./
    RUN --mount=type=cache,target=/cache make && \\
        make install
    FROM %2$s/library/base AS files
    COPY src /files
    FROM %2$s/library/base:%3$s
    LABEL version="1" \\
          other="2"
    COPY --from=first /srv /srv
    COPY --from=files /files /files
    RUN <<EOF
    echo hello
    EOF
    USER 1
    EXPOSE 80
    HEALTHCHECK --interval=5s CMD ["/srv/hello", "--check"]
    ENTRYPOINT ["/srv/hello"]
    CMD ["--help"]
    """
        .formatted(secure, plain, TAG);
  }

  BuildRequest request() {
    return BuildRequest.builder(
            "training/hello",
            new SourceRequest.Inline(
                Map.of("Dockerfile", dockerfile(), "src/a.txt", "a", ".dockerignore", "*.md\n")),
            Platform.LINUX_AMD64,
            new BuildRequest.Output(
                destinations(),
                BuildRequest.ImageFormat.OCI,
                Map.of("label", "value"),
                Map.of("annotation", "value"),
                LayerOptions.DEFAULT))
        .buildArgs(Map.of("VERSION", "3"))
        .registries(registries())
        .workerBaseBytes(Optional.of(1L << 20))
        .cache(Optional.of(cache()))
        .checks(Optional.of(checks()))
        .build();
  }

  private CacheRequest cache() {
    return new CacheRequest(
        secure + "/training/hello/cache",
        Optional.of(SECRET),
        Optional.empty(),
        CacheRequest.Mode.MAX,
        false,
        false,
        Optional.empty());
  }

  private static CheckRequest checks() {
    return new CheckRequest(
        CheckRequest.Runnability.WARN,
        Optional.of(1L << 30),
        List.of(),
        List.of(
            new CheckRequest.Exemption(
                "Training", Optional.of("/**/*"), "training", Optional.of("2020-01-01"))));
  }

  private List<BuildRequest.Destination> destinations() {
    return Stream.of(plain, secure).distinct().map(TrainingBuild::destination).toList();
  }

  private static BuildRequest.Destination destination(String host) {
    return new BuildRequest.Destination(
        "spec.output",
        host + "/training/hello",
        List.of(TAG, "latest"),
        Optional.of(SECRET),
        Optional.empty());
  }

  private List<BuildRequest.RegistryHost> registries() {
    var withTls = authorities.isEmpty() ? Optional.<String>empty() : Optional.of(authorities);
    return plain.equals(secure)
        ? List.of(registry(secure, withTls))
        : List.of(registry(plain, Optional.empty()), registry(secure, withTls));
  }

  private static BuildRequest.RegistryHost registry(String host, Optional<String> authorities) {
    return new BuildRequest.RegistryHost(
        host,
        authorities.isEmpty(),
        Optional.empty(),
        Map.of(),
        authorities,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** A Docker configuration file with an account for each registry. */
  String accounts() {
    var account =
        Base64.getEncoder()
            .encodeToString(TrainingRegistry.ACCOUNT.getBytes(StandardCharsets.US_ASCII));
    var entries =
        destinations().stream()
            .map(destination -> destination.repository().replaceFirst("/.*", ""))
            .map(host -> "\"%s\": {\"auth\": \"%s\"}".formatted(host, account));
    return "{\"auths\": {" + entries.collect(Collectors.joining(", ")) + "}}";
  }

  /** Adds the base image, for two platforms, to a registry. */
  void pushBase(TrainingRegistry registry) throws IOException {
    var blobs = Files.createTempDirectory("training");
    try {
      var layer = TrainingLayer.write(blobs);
      var bytes = Files.readAllBytes(blobs.resolve(layer.blob().digest().hex()));
      registry.put(layer.blob().mediaType(), bytes);
      var history =
          new History(
              Optional.empty(), Optional.of("ADD"), Optional.empty(), Optional.empty(), false);
      var config =
          ImageConfig.scratch(Platform.LINUX_AMD64)
              .withConfig(ContainerConfig.EMPTY.withEnv(List.of("PATH=/bin")))
              .withDiffIds(List.of(layer.diffId()))
              .withHistory(List.of(history))
              .bytes();
      var descriptor =
          new Descriptor(MediaTypes.CONFIG, registry.put(MediaTypes.CONFIG, config), config.length);
      var manifest = Manifest.of(descriptor, List.of(layer.blob()));
      registry.put(manifest.mediaType(), manifest.bytes());
      var index =
          ImageIndex.of(
              List.of(
                  new ImageIndex.Entry(
                      manifest.descriptor(), Optional.of(Platform.LINUX_AMD64), Map.of())));
      registry.put(index.mediaType(), index.bytes(), TAG, "latest");
    } finally {
      DirectoryOperations.delete(blobs);
    }
  }
}
