package dev.stagewright.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Sources that are archives: of a web server, of a registry, and of Flux. */
@ExtendWith(StagewrightExtension.class)
class ArchiveSourceIT {
  private static final String DOCKERFILE = "FROM busybox\nCOPY . /src/\n";
  private static final byte[] APP =
      ArchiveServer.tarGz(
          Map.of("app-1.2/Dockerfile", DOCKERFILE, "app-1.2/text", "from an archive"));

  @Test
  void buildsAnArchiveWithChecksumAndCredentials(TestNamespace namespace) {
    namespace.apply(
        """
        apiVersion: v1
        kind: Secret
        metadata: {name: login}
        stringData: {token: t0k3n-4711}
        """);
    try (var server = ArchiveServer.start(namespace.environment())) {
      var url = server.add("app.tar.gz", APP);

      var build =
          namespace
              .build(
                  "archive",
                  """
                  source:
                    http:
                      url: %s
                      digest: %s
                      stripComponents: 1
                      credentials: {name: login}
                  """
                      .formatted(url, ArchiveServer.digest(APP)))
              .awaitSuccess();

      assertThat(build.image().paths()).contains("src/text", "src/Dockerfile");
      assertThat(build.text("source", "digest")).isEqualTo(ArchiveServer.digest(APP));
      assertThat(build.text("source", "url")).isEqualTo(url);
      assertThat(server.authorizations()).containsOnly("Bearer t0k3n-4711");
    }
  }

  @Test
  void refusesAnotherChecksum(TestNamespace namespace) {
    try (var server = ArchiveServer.start(namespace.environment())) {
      var url = server.add("app.tar.gz", APP);

      var build =
          namespace
              .build(
                  "checksum",
                  "source: {http: {url: '%s', digest: 'sha256:%s'}}".formatted(url, "0".repeat(64)))
              .awaitEnd();

      assertThat(build.text("failure", "reason")).isEqualTo("ChecksumMismatch");
      assertThat(build.text("failure", "message")).contains(ArchiveServer.digest(APP));
    }
  }

  @Test
  void refusesAnArchiveThatLeavesItsDirectory(TestNamespace namespace) {
    var evil = ArchiveServer.tarGz(Map.of("Dockerfile", DOCKERFILE, "a/../../evil", "x"));
    try (var server = ArchiveServer.start(namespace.environment())) {
      var url = server.add("evil.tar.gz", evil);

      var build =
          namespace
              .build(
                  "evil",
                  "source: {http: {url: '%s', digest: '%s'}}"
                      .formatted(url, ArchiveServer.digest(evil)))
              .awaitEnd();

      assertThat(build.text("failure", "reason")).isEqualTo("SourceInvalid");
      assertThat(build.text("failure", "message"))
          .contains("the entry a/../../evil has a path that contains ..");
    }
  }

  @Test
  void theApiServerRequiresAChecksumWithoutTls(TestNamespace namespace) {
    assertThatThrownBy(() ->
            namespace.build("plain", "source: {http: {url: 'http://files.example.com/a.tgz'}}"))
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining("digest is required for a URL that starts with http://");
  }

  @Test
  void buildsTheFilesOfAnImage(TestNamespace namespace) {
    namespace
        .inline(
            "context",
            "FROM scratch\nCOPY . /web/\nCOPY text /web/removed\n",
            Map.of("text", "from an image"))
        .awaitSuccess();

    var build =
        namespace
            .build(
                "from-image",
                "source: {oci: {image: '%s', directory: web}}"
                    .formatted(namespace.image("context")))
            .awaitSuccess();

    assertThat(build.image().paths()).contains("web/text", "web/removed");
    assertThat(build.text("source", "digest")).startsWith("sha256:");
  }

  /** The object has the shape of Flux; this test takes the place of its source controller. */
  @Test
  void buildsEachArtifactOfFlux(TestNamespace namespace) {
    try (var server = ArchiveServer.start(namespace.environment());
        var flux = FluxStandIn.install(namespace)) {
      var build = namespace.build("flux", "source: {flux: {kind: GitRepository, name: app}}");
      build.await(it -> it.message("Ready").contains("does not exist"));

      flux.createRepository("app");
      build.await(it -> it.message("Ready").contains("GitRepository app has no artifact yet"));

      var first = ArchiveServer.tarGz(Map.of("Dockerfile", DOCKERFILE, "text", "one"));
      var commit = "1".repeat(40);
      flux.publish("app", server.add("1.tar.gz", first), "main@sha1:" + commit, first);
      build.awaitSuccess();
      assertThat(build.text("source", "commit")).isEqualTo(commit);
      assertThat(build.text("source", "revision")).isEqualTo("main@sha1:" + commit);
      assertThat(build.text("run")).isEqualTo("1");

      var second = ArchiveServer.tarGz(Map.of("Dockerfile", DOCKERFILE, "text", "two"));
      flux.publish("app", server.add("2.tar.gz", second), "main@sha1:" + "2".repeat(40), second);
      build.await(it -> it.text("run").equals("2"));
      build.awaitSuccess();
      assertThat(build.text("trigger", "type")).isEqualTo("Artifact");
      assertThat(build.text("source", "digest")).isEqualTo(ArchiveServer.digest(second));
    }
  }
}
