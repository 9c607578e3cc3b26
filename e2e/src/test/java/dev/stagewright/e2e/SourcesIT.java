package dev.stagewright.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The kinds of sources of a build. */
@ExtendWith(StagewrightExtension.class)
class SourcesIT {
  private static final String DOCKERFILE =
      "FROM busybox\nCOPY . /src/\nCMD [\"cat\", \"/src/text\"]\n";

  private static final String CLAIM =
      """
      apiVersion: v1
      kind: PersistentVolumeClaim
      metadata: {name: code}
      spec:
        accessModes: [ReadWriteOnce]
        resources: {requests: {storage: 1Mi}}
      """;

  @Test
  void configMapProvidesFiles(TestNamespace namespace) {
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
  void reportsMissingConfigMap(TestNamespace namespace) {
    var build = namespace.build("none", "source: {configMap: {name: absent}}\ntimeout: 5s");

    build.await(it -> it.resource().toString().contains("absent"));
    build.awaitEnd();
  }

  @Test
  void copiesVolumeFolderExactly(TestNamespace namespace) {
    namespace.apply(CLAIM);
    var fill =
        """
        mkdir -p /code/web && cd /code/web
        printf 'FROM busybox\nCOPY . /src/\n' > Dockerfile
        echo a > a && ln a b && ln -s a link && mkfifo pipe && chmod 4750 a
        touch -d @1700000000 a
        """;
    assertThat(namespace.runOn("code", "/code", fill).exitCode()).isZero();

    var build =
        namespace
            .build("volume", "source: {persistentVolumeClaim: {claimName: code, path: web}}")
            .awaitSuccess();

    assertThat(build.image().layer(1))
        .anySatisfy(line -> assertThat(line).matches("-rwsr-x--- 0/0 .* 2023-11-14 .* src/a"))
        .anySatisfy(line -> assertThat(line).endsWith("src/b link to src/a"))
        .anySatisfy(line -> assertThat(line).endsWith("src/link -> a"))
        .anySatisfy(line -> assertThat(line).matches("prw.* src/pipe"));
  }

  @Test
  void reportsUnreadableFileOfVolume(TestNamespace namespace) {
    namespace.apply(CLAIM);
    var fill =
        """
        printf 'FROM busybox\nCOPY . /src/\n' > /code/Dockerfile
        echo x > /code/key && chown 1000 /code/key && chmod 600 /code/key
        """;
    namespace.runOn("code", "/code", fill);

    var build =
        namespace
            .build("unreadable", "source: {persistentVolumeClaim: {claimName: code}}")
            .awaitEnd();

    assertThat(build.text("failure", "reason")).isEqualTo("SourceUnauthorized");
    assertThat(build.text("failure", "message")).contains("/key");
  }

  @Test
  void fetchesGitBranchesTagsAndCommits(TestNamespace namespace) {
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
  void keepsGitDirectoryOnRequest(TestNamespace namespace) {
    try (var git = GitServer.start(namespace.environment())) {
      var commit =
          git.commit(
              Map.of(
                  "Dockerfile", "FROM busybox\nCOPY . /src/\nRUN cat /src/.git/HEAD >/head\n",
                  ".dockerignore", ".git\n"));
      var spec =
          """
          buildArgs: {BUILDKIT_CONTEXT_KEEP_GIT_DIR: '1'}
          source: {git: {url: '%s', revision: '%s'}}
          """
              .formatted(git.url(), commit.toUpperCase(Locale.ROOT));

      var build = namespace.build("kept", spec).awaitSuccess();

      assertThat(build.image().paths()).contains("src/.git/HEAD", "src/.git/index", "head");
      assertThat(build.text("source", "commit")).isEqualTo(commit);
    }
  }

  @Test
  void reportsUnknownRevision(TestNamespace namespace) {
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
  void dockerignoreExcludesFiles(TestNamespace namespace) {
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
  void dockerfileCanHaveAnotherPath(TestNamespace namespace) {
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
