package dev.stagewright.kubectl.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stagewright.api.v1alpha1.ImageBuild;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** ImageBuilds that replace invocations of kaniko. */
class KanikoMigrationTest {
  private static final String GIT = "--context=git://git.example.com/team/app.git";
  private static final String DESTINATION = "--destination=registry.example.com/team/app:1.0";

  private final KubernetesSerialization serialization = new KubernetesSerialization();

  private static Migration migrate(String... arguments) {
    return KanikoMigration.migrate(List.of(arguments), Optional.empty(), Optional.of("registry"));
  }

  /** Words of a command line, without quotes. */
  private static Migration migrateLine(String line) {
    return migrate((GIT + " " + DESTINATION + " " + line).split(" "));
  }

  private String yaml(Migration migration) {
    return serialization.asYaml(migration.build()).replace("\"", "").replaceFirst("^---\n", "");
  }

  @Test
  void convertsATypicalBuild() {
    var migration =
        migrate(
            "/kaniko/executor",
            "--context",
            "git://git.example.com/team/app.git#refs/heads/main",
            "--context-sub-path=services/web",
            "-f",
            "docker/Dockerfile",
            "-d",
            "registry.example.com/team/app:1.0",
            "--destination=registry.example.com/team/app:latest",
            "--destination=mirror.example.com/app:1.0",
            "--build-arg=VERSION=1.0",
            "--build-arg",
            "OPTIONS=a=b",
            "--target=release",
            "--label=team=web",
            "--annotation=org.opencontainers.image.title=app",
            "--cache=true",
            "--cache-repo=registry.example.com/team/cache",
            "--cache-ttl=6h",
            "--compression=zstd",
            "--reproducible");

    assertThat(yaml(migration))
        .isEqualTo(
            """
            apiVersion: stagewright.dev/v1alpha1
            kind: ImageBuild
            metadata:
              name: app
            spec:
              source:
                git:
                  url: https://git.example.com/team/app.git
                  revision: main
                  directory: services/web
              dockerfile: docker/Dockerfile
              target: release
              buildArgs:
                VERSION: 1.0
                OPTIONS: a=b
              output:
                image: registry.example.com/team/app:1.0
                tags:
                - latest
                additionalImages:
                - image: mirror.example.com/app:1.0
                credentials:
                  name: registry
                labels:
                  team: web
                annotations:
                  org.opencontainers.image.title: app
                compression: zstd
                sourceDateEpoch: 0
              cache:
                repository: registry.example.com/team/cache
                ttl: 6h
            """);
    assertThat(migration.isComplete()).isTrue();
  }

  @Test
  void resultIsAnImageBuild() {
    var build =
        serialization.convertValue(
            migrateLine("--custom-platform=linux/arm64 --insecure --no-push-cache").build(),
            ImageBuild.class);

    assertThat(build.getSpec().output().insecure()).isTrue();
    assertThat(build.getSpec().cache().readOnly()).isTrue();
    assertThat(build.getSpec().podTemplate())
        .hasToString("{spec={nodeSelector={kubernetes.io/arch=arm64}}}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "git://h/a.git                          | https://h/a.git |",
        "git://h/a.git#refs/heads/dev           | https://h/a.git | dev",
        "git://h/a.git#refs/tags/v1             | https://h/a.git | v1",
        "git://h/a.git#refs/pull/7/head         | https://h/a.git | refs/pull/7/head",
        "git://h/a.git#refs/heads/dev#0a1b2c    | https://h/a.git | 0a1b2c",
        "git://h/a.git#refs/heads/dev#          | https://h/a.git | dev",
        "git://me:secret@h/a.git                | https://h/a.git |",
      })
  void gitContextHasUrlAndRevision(String context, String url, String revision) {
    var migration = migrate("--context=" + context, DESTINATION);

    var git = migration.build().at("/spec/source/git");
    assertThat(git.path("url").asText()).isEqualTo(url);
    assertThat(git.path("revision").asText(null)).isEqualTo(revision);
    assertThat(migration.notes()).noneMatch(note -> note.contains("secret@"));
    assertThat(migration.isComplete()).isEqualTo(!context.contains("@"));
  }

  @Test
  void branchOfTheFlagIsTheRevision() {
    assertThat(migrateLine("--git branch=dev").build().at("/spec/source/git/revision").asText())
        .isEqualTo("dev");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "dir:///workspace/app        | directory of kaniko's Pod",
        "/workspace                  | directory of kaniko's Pod",
        "tar://stdin                 | is an archive; unpack it",
        "s3://bucket/app.tar.gz      | archive in a bucket",
        "gs://bucket/app.tar.gz      | archive in a bucket",
      })
  void otherContextsLeaveTheSourceToTheUser(String context, String message) {
    var migration = migrate("--context=" + context, DESTINATION);

    assertThat(migration.build().path("spec").has("source")).isFalse();
    assertThat(migration.notes())
        .anyMatch(
            note -> note.startsWith("to do: spec.source is missing") && note.contains(message));
    assertThat(migration.isComplete()).isFalse();
  }

  @Test
  void archiveOnAServerIsASource() {
    var migration =
        migrate(
            "--context=https://files.example.com/app.tar.gz",
            "--context-sub-path=web",
            DESTINATION);

    assertThat(migration.build().at("/spec/source/http"))
        .hasToString("{\"url\":\"https://files.example.com/app.tar.gz\",\"directory\":\"web\"}");
    assertThat(migration.notes()).anyMatch(note -> note.contains("spec.source.http.digest"));
    assertThat(migration.isComplete()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/workspace        | Dockerfile                 |",
        "/workspace        | ./Dockerfile               |",
        "/workspace        | /workspace/Dockerfile      |",
        "dir:///workspace/ | /workspace/docker/app.file | docker/app.file",
        "git://h/a.git     | docker/Dockerfile          | docker/Dockerfile",
      })
  void pathOfDockerfileIsRelativeToTheSource(String context, String path, String expected) {
    var migration = migrate("-c", context, "-f", path, DESTINATION);

    assertThat(migration.build().at("/spec/dockerfile").asText(null)).isEqualTo(expected);
    assertThat(migration.notes()).noneMatch(note -> note.contains("--dockerfile"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/other/Dockerfile", "https://example.com/Dockerfile"})
  void dockerfileOutsideOfTheSourceIsReported(String path) {
    assertThat(migrateLine("--dockerfile " + path).notes())
        .anyMatch(note -> note.startsWith("to do: --dockerfile " + path));
  }

  @Test
  void missingDestinationIsReported() {
    var migration = migrate(GIT, "--no-push");

    assertThat(migration.build().at("/metadata/name").asText()).isEqualTo("build");
    assertThat(migration.notes())
        .anyMatch(note -> note.startsWith("to do: spec.output.image is missing"))
        .anyMatch(note -> note.startsWith("to do: --no-push is not supported"));
  }

  @Test
  void disabledCacheStaysDisabled() {
    assertThat(migrateLine("--cache=false").build().at("/spec/cache/disabled").asBoolean())
        .isTrue();
    assertThat(migrateLine("--cache").build().path("spec").has("cache")).isFalse();
  }

  @Test
  void insecureRegistryOfTheOutputIsAField() {
    var migration = migrateLine("--insecure-registry=registry.example.com");

    assertThat(migration.build().at("/spec/output/insecure").asBoolean()).isTrue();
    assertThat(migration.isComplete()).isTrue();
    assertThat(migrateLine("--insecure-registry=other.example.com").notes())
        .anyMatch(
            note -> note.startsWith("to do: --insecure-registry is configuration of the operator"));
  }

  @Test
  void defaultsOfSwitchesAreNotReported() {
    var migration =
        migrateLine("--no-push=false --ignore-var-run --cache-run-layers=true --single-snapshot=0");

    assertThat(migration.isComplete()).isTrue();
    assertThat(migration.notes()).hasSize(1);
  }

  @Test
  void everyFlagIsConvertedOrReported() {
    for (var flag : KanikoFlags.ALL) {
      var value = flag.kind() == KanikoFlag.Kind.SWITCH_ON ? "false" : "true";
      var setting = flag.kind().isSwitch() ? flag.name() + "=" + value : flag.name() + "=a=b";
      if (flag.support() == KanikoFlag.Support.FIELD) {
        continue;
      }
      assertThat(migrateLine(setting).notes())
          .as(flag.name())
          .anyMatch(note -> note.contains(flag.name() + " is " + flag.support()));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "--no-such-flag=1     | --no-such-flag is not a flag of kaniko",
        "warmer               | 'warmer' is not a flag of kaniko",
        "--no-push=maybe      | --no-push must be true or false, but is 'maybe'",
        "--target             | --target requires a value",
        "--label=team         | --label must have the form key=value, but is team",
        "--destination=A//b:1 | --destination A//b:1: invalid reference format",
      })
  void rejectsWhatKanikoRejects(String arguments, String message) {
    assertThatThrownBy(() -> migrateLine(arguments))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void buildArgWithoutValueIsReported() {
    var migration = migrateLine("--build-arg=TOKEN");

    assertThat(migration.build().path("spec").has("buildArgs")).isFalse();
    assertThat(migration.notes()).anyMatch(note -> note.contains("set spec.buildArgs.TOKEN"));
  }
}
