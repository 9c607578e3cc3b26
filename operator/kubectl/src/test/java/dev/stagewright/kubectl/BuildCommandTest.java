package dev.stagewright.kubectl;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.api.v1alpha1.ImageBuild;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The options of {@code stagewright build}, without a cluster. */
class BuildCommandTest {
  private static final String IMAGE = "registry.example.com/team/hello:1.0";

  @TempDir private Path folder;

  private record Result(int exitCode, String out, String err) {}

  @BeforeEach
  void createContext() throws IOException {
    Files.writeString(folder.resolve("Dockerfile"), "FROM scratch\n");
    Files.writeString(folder.resolve("kubeconfig"), KUBECONFIG);
  }

  private static final String KUBECONFIG =
      """
      apiVersion: v1
      kind: Config
      current-context: test
      contexts: [{name: test, context: {cluster: test, user: test, namespace: team}}]
      clusters: [{name: test, cluster: {server: "http://127.0.0.1:1"}}]
      users: [{name: test, user: {}}]
      """;

  private Result run(String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    var line = new ArrayList<>(List.of("build"));
    line.addAll(List.of(arguments));
    line.addAll(List.of("--kubeconfig", folder.resolve("kubeconfig").toString()));
    var exitCode =
        StagewrightCommand.commandLine()
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(line.toArray(String[]::new));
    return new Result(exitCode, out.toString(), err.toString());
  }

  private Result dryRun(String... arguments) {
    var line = new ArrayList<>(List.of(folder.toString(), "-t", IMAGE, "--dry-run"));
    line.addAll(List.of(arguments));
    return run(line.toArray(String[]::new));
  }

  private ImageBuild manifest(String... arguments) {
    var result = dryRun(arguments);
    assertThat(result.exitCode()).as(result.err()).isZero();
    var first = result.out().split("(?m)^---$", -1);
    return Serialization.unmarshal(first[first.length > 1 ? 1 : 0], ImageBuild.class);
  }

  @Test
  void dryRunPrintsAShortManifest() {
    assertThat(dryRun("--name", "hello").out())
        .isEqualTo(
            """
            ---
            apiVersion: "stagewright.dev/v1alpha1"
            kind: "ImageBuild"
            metadata:
              labels:
                app.kubernetes.io/managed-by: "stagewright-build"
              name: "hello"
              namespace: "team"
            spec:
              source:
                stream: {}
              output:
                image: "registry.example.com/team/hello:1.0"
            """);
  }

  @Test
  void nameFollowsFromTheImageAndTheTarget() {
    var name = manifest().getMetadata().getName();

    assertThat(name).matches("hello-[0-9a-f]{6}");
    assertThat(manifest("-t", "registry.example.com/team/hello:2").getMetadata().getName())
        .isEqualTo(name);
    assertThat(manifest("--target", "test").getMetadata().getName()).isNotEqualTo(name);
  }

  @Test
  void optionsBecomeFields() {
    var build =
        manifest(
            "--target",
            "app",
            "--build-arg",
            "A=1=2",
            "--label",
            "team=x",
            "--annotation",
            "note=y",
            "--no-cache",
            "--platform",
            "linux/amd64",
            "--push-secret",
            "push",
            "--pull-secret",
            "pull",
            "--sandbox",
            "inPlace",
            "--stage",
            "builder:memory=8Gi,cpu=4,timeout=10m",
            "--workspace-size",
            "20Gi",
            "--timeout",
            "90s",
            "--operator",
            "blue");
    var spec = build.getSpec();

    assertThat(spec.target()).isEqualTo("app");
    assertThat(spec.buildArgs()).isEqualTo(Map.of("A", "1=2"));
    assertThat(spec.output().labels()).isEqualTo(Map.of("team", "x"));
    assertThat(spec.output().annotations()).isEqualTo(Map.of("note", "y"));
    assertThat(requireNonNull(spec.output().credentials()).name()).isEqualTo("push");
    assertThat(spec.imagePullSecrets().getFirst().name()).isEqualTo("pull");
    assertThat(spec.sandbox().name()).isEqualTo("inPlace");
    assertThat(spec.timeout()).isEqualTo("90000ms");
    assertThat(spec.stages().getFirst().name()).isEqualTo("builder");
    assertThat(spec.stages().getFirst().timeout()).isEqualTo("10m");
    var resources = requireNonNull(spec.stages().getFirst().resources());
    assertThat(resources.requests())
        .isEqualTo(Map.of("memory", "8Gi", "cpu", "4"))
        .isEqualTo(resources.limits());
    assertThat(build.getMetadata().getAnnotations())
        .containsEntry("stagewright.dev/no-cache", "true");
    assertThat(build.getMetadata().getLabels()).containsEntry("stagewright.dev/operator", "blue");
  }

  @Test
  void moreTagsAreTagsOrOtherRepositories() {
    var output =
        manifest(
                "-t", "registry.example.com/team/hello:latest",
                "-t", "other.example.com/hello:1",
                "-t", "other.example.com/hello:2")
            .getSpec()
            .output();

    assertThat(output.image()).isEqualTo(IMAGE);
    assertThat(output.tags()).containsExactly("latest");
    assertThat(output.additionalImages())
        .singleElement()
        .satisfies(it -> {
          assertThat(it.image()).isEqualTo("other.example.com/hello:1");
          assertThat(it.tags()).containsExactly("2");
        });
  }

  @Test
  void secretsArePrintedWithTheManifest() throws IOException {
    var token = Files.writeString(folder.resolve("token"), "s3cret");
    var key = Files.writeString(folder.resolve("key"), "-----BEGIN OPENSSH PRIVATE KEY-----\nx\n");

    var out =
        dryRun("--name", "hello", "--secret", "id=token,src=" + token, "--ssh", "default=" + key)
            .out();

    assertThat(out)
        .contains("name: \"hello-secrets\"", "secret-0: \"czNjcmV0\"", "name: \"hello-ssh-0\"");
    var spec = Serialization.unmarshal(out.split("(?m)^---$", -1)[1], ImageBuild.class).getSpec();
    assertThat(spec.secrets().getFirst().id()).isEqualTo("token");
    assertThat(spec.secrets().getFirst().secret().key()).isEqualTo("secret-0");
    assertThat(spec.ssh().getFirst().secret().name()).isEqualTo("hello-ssh-0");
  }

  @Test
  void gitUrlIsFetchedByTheCluster() {
    var result =
        run("https://git.example.com/x.git#v1:web", "-t", IMAGE, "-f", "a/Dockerfile", "--dry-run");
    var spec = Serialization.unmarshal(result.out(), ImageBuild.class).getSpec();

    var git = requireNonNull(spec.source().git());
    assertThat(git.url()).isEqualTo("https://git.example.com/x.git");
    assertThat(git.revision()).isEqualTo("v1");
    assertThat(git.directory()).isEqualTo("web");
    assertThat(spec.dockerfile()).isEqualTo("a/Dockerfile");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --load            | the image is pushed to its registry; docker pull IMAGE loads it
          --squash          | layers are not merged
          --network=host    | the stages have the network of their Pods
          --memory=1g       | use --stage NAME:memory
          -m=1g             | use --stage NAME:memory
          --output=out      | the image is always pushed to the registry of -t
          --builder=x       | the operator of the cluster builds
          --provenance=true | attestations are not made yet
          --add-host=a:1    | set hostAliases
          --build-context=a=b | named contexts are not supported
          """)
  void optionsOfDockerAreAnsweredByName(String option, String answer) {
    var result = dryRun(option);

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err())
        .contains(
            "stagewright build does not have the option "
                + option.split("=", 2)[0]
                + ": "
                + answer);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --push                      | --push is ignored: the image is always pushed
          --rm                        | --rm is ignored: Pods are kept for their logs
          --pull                      | --pull is ignored: base images are always looked up
          --cache-from=type=registry  | --cache-from is ignored: the results of instructions
          """)
  void optionsOfDockerThatChangeNothingAreIgnored(String option, String notice) {
    var result = dryRun(option);

    assertThat(result.exitCode()).isZero();
    assertThat(result.err()).contains(notice);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --secret=token              | --secret must be id=ID,src=FILE
          --secret=id=a,src=/nowhere  | --secret cannot read the file /nowhere: it does not exist
          --secret=id=a,env=NO_SUCH_V | --secret the environment variable NO_SUCH_V is not set
          --ssh=default               | --ssh needs a private key, such as --ssh default=$HOME
          --stage=builder             | --stage must be NAME:KEY=VALUE
          --stage=builder:gpu=1       | "gpu" is not a setting of a stage
          --stage=builder:memory=lots | memory must be a quantity such as 512Mi
          --platform=linux/arm64      | only linux/amd64 can be built, not linux/arm64
          --timeout=soon              | --timeout
          --build-arg==x              | --build-arg: must be NAME=VALUE
          -t=hello                    | "hello" does not name a registry
          -t=registry.example.com/A   | is not an image
          """)
  void wrongUsageIsExplained(String option, String message) {
    var result = dryRun(option);

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains(message);
  }

  @Test
  void imageIsRequired() {
    var result = run(folder.toString());

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("-t IMAGE is required");
  }

  @Test
  void folderWithoutADockerfileIsNamed() throws IOException {
    Files.delete(folder.resolve("Dockerfile"));
    var result = dryRun();

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).contains(" has no Dockerfile; name the file with -f");
  }

  @Test
  void clusterThatDoesNotAnswerIsAnInfrastructureError() {
    var result = run(folder.toString(), "-t", IMAGE);

    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.err())
        .contains("build context: 2 files and directories")
        .contains("cannot reach the cluster at http://127.0.0.1:1");
  }
}
