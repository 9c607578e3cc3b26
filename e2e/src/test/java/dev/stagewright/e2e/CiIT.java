package dev.stagewright.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.e2e.CiExamples.Job;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples of CI jobs, with the rights of their service account. */
@ExtendWith(StagewrightExtension.class)
class CiIT {
  private static final Duration LONG = Duration.ofMinutes(6);
  private static final Duration QUICK = Duration.ofMinutes(1);
  private static @Nullable GitServer git;

  private final String name = "app-" + Environment.randomId();

  @TempDir private Path directory;

  @BeforeAll
  static void install(TestNamespace namespace) {
    git = GitServer.start(namespace.environment());
    namespace.apply(CiExamples.rbac());
    namespace.apply(
        """
        apiVersion: v1
        kind: Secret
        metadata: {name: registry}
        type: kubernetes.io/dockerconfigjson
        data: {.dockerconfigjson: %s}
        """
            .formatted(Base64.getEncoder().encodeToString("{\"auths\":{}}".getBytes(UTF_8))));
  }

  @AfterAll
  static void stopGit() {
    git().close();
  }

  static Stream<Job> jobs() {
    return CiExamples.jobs();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("jobs")
  void jobEndsWithTheDigest(Job job, TestNamespace namespace) throws IOException {
    var commit = commit("echo " + name + " > /x");

    var result = run(job, namespace, commit);

    assertThat(result.output()).contains("1/2 FROM busybox", name + ": pushed ");
    assertThat(result.exitCode()).isZero();
    var digest = new Build(namespace, name).image().taggedDigest();
    assertThat(Files.readString(directory.resolve("result"))).contains(digest);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("jobs")
  void jobFailsWithTheBuild(Job job, TestNamespace namespace) throws IOException {
    var commit = commit("echo " + name + "; false");

    var result = run(job, namespace, commit);

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.output()).contains("RunFailed");
    assertThat(directory.resolve("result"))
        .satisfiesAnyOf(
            file -> assertThat(file).doesNotExist(), file -> assertThat(file).isEmptyFile());
  }

  @Test
  void cancelledJobDeletesTheBuild(TestNamespace namespace) throws Exception {
    var job = CiExamples.jobs().findFirst().orElseThrow();
    var variables = variables(job, namespace, commit("sleep 600"));
    var log = directory.resolve("log");
    var process =
        shell(namespace, variables).start(log, "sh", "-c", forOperator(job.script(), namespace));
    Awaitility.await().atMost(LONG).until(() -> Files.readString(log).contains("RUN sleep 600"));

    process.destroy();

    assertThat(process.waitFor()).isEqualTo(1);
    var deleted = shell(namespace, Map.of());
    assertThat(deleted.run(QUICK, List.of("kubectl", "get", "imagebuild", name)).output())
        .contains("NotFound");
  }

  @ParameterizedTest
  @CsvSource({"true, 0", "false, 1"})
  void kubectlAloneWaitsForTheResult(String command, int exitCode, TestNamespace namespace)
      throws IOException {
    var page = Files.readString(LocalCluster.repository().resolve("docs/ci.md"));
    var waiting = Pattern.compile("(?m)^kubectl wait .*\nkubectl wait .*$").matcher(page);
    assertThat(waiting.find()).isTrue();
    namespace.inline(name, "FROM busybox\nRUN " + command + "\n", Map.of());

    var result =
        shell(namespace, Map.of("NAME", name)).run(LONG, script("set -e\n" + waiting.group()));

    assertThat(result.exitCode()).as(result.output()).isEqualTo(exitCode);
  }

  @Test
  void argoWorkflowsWaitsForTheBuild(TestNamespace namespace) throws IOException {
    var resource = CiExamples.argoResource();
    var commit = commit("echo " + name + " > /x");
    var manifest =
        resource
            .path("manifest")
            .asText()
            .replace("{{workflow.name}}", name)
            .replace("{{workflow.parameters.url}}", git().url())
            .replace("{{workflow.parameters.revision}}", commit)
            .replace("{{workflow.parameters.image}}", namespace.image(name));
    var file = Files.writeString(directory.resolve("build.yaml"), forOperator(manifest, namespace));

    shell(namespace, Map.of()).output(QUICK, "kubectl", "create", "-f", file.toString());
    var log = shell(namespace, Map.of("NAME", name)).run(LONG, script(CiExamples.argoLog()));

    assertThat(log.exitCode()).isZero();
    assertThat(
            condition(
                namespace,
                resource.path("successCondition").asText(),
                resource.path("failureCondition").asText()))
        .isEqualTo("[\"succeeded\"]");
  }

  @ParameterizedTest
  @CsvSource({
    "create, imagebuilds.stagewright.dev, yes",
    "get, pods/log, yes",
    "create, pods, no",
    "get, secrets, no",
    "list, secrets, no",
    "list, configmaps, no",
    "create, pods/exec, no",
    "update, imagebuilds.stagewright.dev/status, no",
  })
  void accountHasOnlyTheseRights(
      String verb, String resource, String expected, TestNamespace namespace) throws IOException {
    var answer =
        shell(namespace, Map.of()).run(QUICK, List.of("kubectl", "auth", "can-i", verb, resource));

    assertThat(answer.output().strip()).endsWith(expected);
  }

  private Shell.Result run(Job job, TestNamespace namespace, String commit) throws IOException {
    // Some systems have a fixed name for the file instead of a variable.
    var script = job.script().replace(">" + job.result(), ">" + directory.resolve("result"));
    return shell(namespace, variables(job, namespace, commit))
        .run(LONG, script(forOperator(script, namespace)));
  }

  /** The variables that the CI system sets. */
  private Map<String, String> variables(Job job, TestNamespace namespace, String commit) {
    var variables = new HashMap<String, String>();
    variables.put("NAME", name);
    variables.put("URL", git().url());
    variables.put("REVISION", commit);
    variables.put("IMAGE", namespace.image(name));
    for (var file : List.of("IMAGE_URL", "PINNED_IMAGE")) {
      variables.put(file, directory.resolve("other").toString());
    }
    if (job.result().matches("[A-Z_]+")) {
      variables.put(job.result(), directory.resolve("result").toString());
    }
    return variables;
  }

  private static List<String> script(String text) {
    return List.of("sh", "-c", text);
  }

  /** A shell of a job. */
  private Shell shell(TestNamespace namespace, Map<String, String> variables) {
    return new CiAccount(namespace, directory).shell(variables);
  }

  /** Assigns the ImageBuild to the operator of the tests. */
  private static String forOperator(String text, TestNamespace namespace) {
    return text.replaceFirst(
        "(?m)^( *)metadata:$",
        "$1metadata:\n$1  labels: {stagewright.dev/operator: %s}"
            .formatted(namespace.environment().operator().operatorName()));
  }

  private String condition(TestNamespace namespace, String success, String failure) {
    return namespace
        .environment()
        .tools()
        .output(
            QUICK,
            "sh",
            "-c",
            "kubectl -n \"$1\" get imagebuild \"$2\" -o json | gitops-view resource \"$3\" \"$4\"",
            "sh",
            namespace.name(),
            name,
            success,
            failure);
  }

  /** Commits a Dockerfile with this command; tests run at the same time. */
  private static synchronized String commit(String command) {
    return git().commit(Map.of("Dockerfile", "FROM busybox\nRUN " + command + "\n"));
  }

  private static GitServer git() {
    return Objects.requireNonNull(git);
  }
}
