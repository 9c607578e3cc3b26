package dev.stagewright.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Where Dockerfile and context come from. */
@ExtendWith(StagewrightExtension.class)
class SourcesIT {
  private static final String DOCKERFILE =
      "FROM busybox\nCOPY . /src/\nCMD [\"cat\", \"/src/text\"]\n";

  @Test
  void aConfigMapIsAFolderOfFiles(TestNamespace namespace) {
    namespace.apply(
        """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: files}
        data:
          Dockerfile: |
        %s
          text: from a ConfigMap
        """
            .formatted(DOCKERFILE.indent(4)));

    var build = namespace.build("config-map", "source: {configMap: {name: files}}").awaitSuccess();

    assertThat(build.image().paths()).contains("src/text").noneMatch(path -> path.contains(".."));
    assertThat(namespace.run("run", namespace.image("config-map")).log())
        .isEqualTo("from a ConfigMap");
  }

  @Test
  void aConfigMapThatDoesNotExistIsNamed(TestNamespace namespace) {
    var build = namespace.build("none", "source: {configMap: {name: absent}}\ntimeout: 30s");

    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> build.resource().toString().contains("absent"));
    build.awaitEnd();
  }

  @Test
  void gitBranchesTagsAndCommitsAreFetched(TestNamespace namespace) {
    try (var git = GitServer.start(namespace.environment())) {
      git.commit(Map.of("Dockerfile", DOCKERFILE, "text", "one"));
      git.tag("v1");
      var second = git.commit(Map.of("text", "two"));
      git.commit(Map.of("text", "three"));

      for (var expected : Map.of("v1", "one", second, "two", "main", "three").entrySet()) {
        var name = "git-" + expected.getValue();
        var build =
            namespace
                .build(
                    name,
                    "source: {git: {url: '%s', revision: '%s'}}"
                        .formatted(git.url(), expected.getKey()))
                .awaitSuccess();

        assertThat(namespace.run("run-" + expected.getValue(), namespace.image(name)).log())
            .isEqualTo(expected.getValue());
        assertThat(build.text("source", "commit")).hasSize(40);
      }
    }
  }

  @Test
  void aRevisionThatDoesNotExistIsNamed(TestNamespace namespace) {
    try (var git = GitServer.start(namespace.environment())) {
      git.commit(Map.of("Dockerfile", DOCKERFILE, "text", "one"));

      var build =
          namespace
              .build("revision", "source: {git: {url: '%s', revision: nope}}".formatted(git.url()))
              .awaitEnd();

      assertThat(build.text("failure", "reason")).isEqualTo("SourceNotFound");
      assertThat(build.text("failure", "message")).contains("nope");
    }
  }

  @Test
  void dockerignoreKeepsFilesOutOfTheContext(TestNamespace namespace) {
    var build =
        namespace
            .inline(
                "ignored",
                "FROM busybox\nCOPY . /src/\n",
                Map.of(".dockerignore", "secret\n", "secret", "s", "text", "t"))
            .awaitSuccess();

    assertThat(build.image().paths()).contains("src/text").doesNotContain("src/secret");
  }

  @Test
  void theDockerfileCanHaveAnotherNameAndPlace(TestNamespace namespace) {
    var build =
        namespace
            .build(
                "elsewhere",
                "dockerfile: build/app.Dockerfile\n"
                    + Specs.inline("FROM busybox\nCOPY . /src/\n", Map.of("text", "hello")))
            .awaitSuccess();

    assertThat(build.image().paths()).contains("src/text", "src/build/app.Dockerfile");
  }
}
