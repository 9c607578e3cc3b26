package dev.stagewright.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The names, tags, and metadata of pushed images. */
@ExtendWith(StagewrightExtension.class)
class OutputsIT {
  private static final String DOCKERFILE = "FROM busybox\nRUN echo a > /a\n";

  @Test
  void pushesAllNamesAndWritesConfigMap(TestNamespace namespace) {
    try (var git = GitServer.start(namespace.environment())) {
      var commit = git.commit(Map.of("Dockerfile", DOCKERFILE));
      var first = repository(namespace, "app");
      var second = repository(namespace, "copy");

      var build =
          namespace
              .build(
                  "app",
                  """
                  source: {git: {url: '%s', revision: main}}
                  output:
                    image: '%s:1'
                    tags: [latest, '{{.Branch}}-{{.ShortCommit}}']
                    additionalImages: [{image: '%s:1'}]
                    labels: {team: blue}
                    annotations: {org.example.note: mine}
                    configMap: {name: deployed}
                  """
                      .formatted(git.url(), first, second))
              .awaitSuccess();

      var digest = build.text("image", "digest");
      var names =
          List.of(
              first + ":1",
              first + ":latest",
              first + ":main-" + commit.substring(0, 7),
              second + ":1");
      assertThat(build.text("image", "references")).isEqualTo(names.toString());
      assertThat(build.text("image", "pinned")).isEqualTo(first + "@" + digest);
      for (var name : names) {
        var image = new PushedImage(namespace.environment(), name, digest);
        assertThat(image.taggedDigest()).as(name).isEqualTo(digest);
        image.validate();
      }
      var image = new PushedImage(namespace.environment(), first + ":1", digest);
      assertThat(image.config().at("/config/Labels/team").asText()).isEqualTo("blue");
      assertThat(image.manifest().at("/annotations").properties())
          .extracting(Map.Entry::getKey)
          .contains(
              "org.example.note",
              "org.opencontainers.image.source",
              "org.opencontainers.image.created",
              "org.opencontainers.image.base.name",
              "org.opencontainers.image.base.digest");
      assertThat(image.manifest().at("/annotations/org.opencontainers.image.revision").asText())
          .isEqualTo(commit);
      assertThat(deployed(namespace))
          .isEqualTo(
              Map.of(
                  "image",
                  first + "@" + digest,
                  "repository",
                  first,
                  "tag",
                  "1",
                  "digest",
                  digest));
      assertThat(log(namespace, "app")).contains(": mounted");
    }
  }

  @Test
  void doesNotChangeConfigMapOfSomebodyElse(TestNamespace namespace) {
    namespace.apply(
        """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: deployed}
        data: {image: mine, mine: kept}
        """);
    var spec =
        "output: {image: '%s', configMap: {name: deployed}}\n".formatted(namespace.image("app"))
            + Specs.inline(DOCKERFILE, Map.of());

    var refused = namespace.build("app", spec).awaitEnd();

    assertThat(refused.text("failure", "reason")).isEqualTo("ConfigMapExists");
    assertThat(refused.text("failure", "message"))
        .contains("kubectl annotate configmap deployed stagewright.dev/imagebuild=app");
    assertThat(namespace.podsOf(refused, "worker")).isEmpty();
    assertThat(deployed(namespace)).isEqualTo(Map.of("image", "mine", "mine", "kept"));

    namespace
        .client()
        .configMaps()
        .inNamespace(namespace.name())
        .withName("deployed")
        .edit(it ->
            new ConfigMapBuilder(it)
                .editMetadata()
                .addToAnnotations("stagewright.dev/imagebuild", "app")
                .endMetadata()
                .build());
    refused.delete();
    var allowed = namespace.build("app", spec).awaitSuccess();
    assertThat(deployed(namespace))
        .containsEntry("mine", "kept")
        .containsEntry("digest", allowed.text("image", "digest"));

    // Another ImageBuild of the same name, after a change by somebody else.
    namespace
        .client()
        .configMaps()
        .inNamespace(namespace.name())
        .withName("deployed")
        .edit(it -> new ConfigMapBuilder(it).addToData("digest", "changed").build());
    allowed.delete();
    var again = namespace.build("app", spec).awaitSuccess();
    assertThat(deployed(namespace)).containsEntry("digest", again.text("image", "digest"));
  }

  @Test
  void imageWithDockerMediaTypesRuns(TestNamespace namespace) {
    var image = namespace.image("docker");

    var build =
        namespace
            .build(
                "docker",
                "output: {image: '%s', mediaTypes: docker}\n".formatted(image)
                    + Specs.inline(DOCKERFILE, Map.of()))
            .awaitSuccess();

    var manifest = build.image().manifest();
    assertThat(manifest.at("/mediaType").asText())
        .isEqualTo("application/vnd.docker.distribution.manifest.v2+json");
    assertThat(manifest.at("/layers"))
        .allSatisfy(layer ->
            assertThat(layer.at("/mediaType").asText())
                .isEqualTo("application/vnd.docker.image.rootfs.diff.tar.gzip"));
    assertThat(namespace.run("run", image, "cat", "/a").log()).isEqualTo("a\n");
  }

  @Test
  void reportsInvalidTagBeforeStages(TestNamespace namespace) {
    var build =
        namespace
            .build(
                "bad",
                "output: {image: '%s', tags: ['{{.Commit}}']}\n".formatted(namespace.image("bad"))
                    + Specs.inline(DOCKERFILE, Map.of()))
            .awaitEnd();

    assertThat(build.text("failure", "message"))
        .startsWith("spec.output.tags[0]: {{.Commit}} has no value");
    assertThat(namespace.stagePods()).isEmpty();
  }

  private static String repository(TestNamespace namespace, String name) {
    var image = namespace.image(name);
    return image.substring(0, image.lastIndexOf(':'));
  }

  private static Map<String, String> deployed(TestNamespace namespace) {
    return namespace
        .client()
        .configMaps()
        .inNamespace(namespace.name())
        .withName("deployed")
        .require()
        .getData();
  }

  private static String log(TestNamespace namespace, String build) {
    return namespace.log(build + "-1-worker", "publish");
  }
}
