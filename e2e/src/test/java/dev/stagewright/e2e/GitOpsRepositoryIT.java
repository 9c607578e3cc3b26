package dev.stagewright.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The example of a GitOps repository, {@code e2e/samples/gitops}: a commit of the application ends
 * as a new digest in its Deployment.
 */
@ExtendWith(StagewrightExtension.class)
class GitOpsRepositoryIT {
  private static final Duration QUICK = Duration.ofMinutes(2);
  private static final Pattern UPDATE_JOB =
      Pattern.compile("(?m)^(image=\\$\\(kubectl .*\\)\nsed -i .*)$");

  @SuppressWarnings("NullAway.Init") // set before each test
  private TestNamespace namespace;

  @SuppressWarnings("NullAway.Init") // set before each test
  private GitServer git;

  @TempDir private Path repository;

  /** The repository with the addresses of this cluster, and without the schedule. */
  @BeforeEach
  void copyRepository(TestNamespace ofTest) {
    namespace = ofTest;
    git = GitServer.start(namespace.environment());
    var sample = LocalCluster.repository().resolve("e2e/samples/gitops");
    tools("cp", "-r", sample + "/.", repository.toString());
    edit(
        "builds/app.yaml",
        Map.of(
            "https://git.example.com/team/app.git",
            git.url(),
            "registry.example.com/team/app:main",
            namespace.image("app"),
            "schedule: {cron: \"*/10 * * * *\"}\n",
            "retries: 2\n",
            "metadata:\n",
            "metadata:\n  labels: {stagewright.dev/operator: %s}\n"
                .formatted(namespace.environment().operator().operatorName())));
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

  @AfterEach
  void stopGit() {
    git.close();
  }

  @Test
  void fluxDeploysTheNewDigest() {
    commit("one");
    kubectl(
        "apply", "--server-side", "--field-manager=kustomize-controller", "-k", folder("builds"));
    var build = new Build(namespace, "app");
    build.awaitSuccess();
    deployWithFlux();
    assertThat(deployed()).isEqualTo(build.text("image", "pinned"));

    commit("two");
    rebuild(build);
    deployWithFlux();

    assertThat(deployed()).isEqualTo(build.text("image", "pinned"));
    kubectl("rollout", "status", "deployment/app", "--timeout=2m");
    assertThat(kubectl("exec", "deployment/app", "--", "cat", "/version")).isEqualTo("two");
  }

  @Test
  void kustomizeDeploysTheCommittedDigest() throws IOException {
    commit("one");
    kubectl("apply", "-k", folder("builds"));
    var build = new Build(namespace, "app");
    build.awaitSuccess();
    runUpdateJob();
    kubectl("apply", "-k", folder("app"));
    assertThat(deployed()).isEqualTo(build.text("image", "pinned"));

    commit("two");
    rebuild(build);
    runUpdateJob();
    kubectl("apply", "-k", folder("app"));

    assertThat(deployed()).isEqualTo(build.text("image", "pinned"));
    assertThat(kubectl("apply", "-k", folder("builds"))).contains("unchanged");
    // The file in the repository is not applied over the ConfigMap of the operator.
    assertThat(kubectl("get", "configmap", "app-image", "-o", "jsonpath={.data.digest}"))
        .isEqualTo(build.text("image", "digest"));
  }

  private void commit(String version) {
    git.commit(
        Map.of(
            "Dockerfile",
            """
            FROM busybox
            RUN echo %s > /version
            CMD ["sleep", "3600"]
            """
                .formatted(version)));
  }

  private void rebuild(Build build) {
    var before = build.text("image", "digest");
    kubectl("annotate", "ib", "app", "stagewright.dev/rebuild=second");
    build.await(
        it -> it.text("observedRebuild").equals("second") && it.phase().equals("Succeeded"));
    assertThat(build.text("image", "digest")).isNotEqualTo(before);
  }

  /** Flux renders the directory, and replaces variables by the values in the ConfigMap. */
  private void deployWithFlux() {
    var image = kubectl("get", "configmap", "app-image", "-o", "jsonpath={.data.image}");
    var rendered = kubectl("kustomize", folder("app-flux")).replace("${image}", image);
    namespace.apply(rendered);
  }

  /** The commands in the documentation, with this namespace. */
  private void runUpdateJob() throws IOException {
    var page = Files.readString(LocalCluster.repository().resolve("docs/gitops.md"));
    var commands = UPDATE_JOB.matcher(page);
    assertThat(commands.find()).isTrue();
    tools(
        "sh",
        "-ec",
        "cd " + repository + "\n" + commands.group(1).replace("-n team", "-n " + namespace.name()));
  }

  private String deployed() {
    return kubectl(
        "get", "deployment", "app", "-o", "jsonpath={.spec.template.spec.containers[0].image}");
  }

  private String folder(String name) {
    return repository.resolve(name).toString();
  }

  private void edit(String file, Map<String, String> replacements) {
    try {
      var text = Files.readString(repository.resolve(file));
      for (var replacement : replacements.entrySet()) {
        assertThat(text).contains(replacement.getKey());
        text = text.replace(replacement.getKey(), replacement.getValue());
      }
      Files.writeString(repository.resolve(file), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String kubectl(String... arguments) {
    var line = new ArrayList<>(List.of("kubectl", "-n", namespace.name()));
    line.addAll(List.of(arguments));
    return tools(line.toArray(String[]::new));
  }

  private String tools(String... command) {
    return namespace.environment().tools().output(QUICK, command);
  }
}
