package dev.stagewright.kubectl.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stagewright.kubectl.cluster.TaskContainer.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests to a stub API server. */
class BuildReaderTest {
  private static final String BUILDS = "/apis/stagewright.dev/v1alpha1/namespaces/team/imagebuilds";
  private static final String HELLO = BUILDS + "/hello";
  private static final String PODS = "/api/v1/namespaces/team/pods";
  private static final String LOG = PODS + "/hello-1-s0/log";

  @TempDir private Path folder;
  private final StubApiServer server = new StubApiServer();
  private Path kubeconfig = Path.of("kubeconfig");

  @BeforeEach
  void writesKubeconfig() throws IOException {
    kubeconfig = Files.writeString(folder.resolve("kubeconfig"), Kubeconfigs.of(server.url()));
  }

  @AfterEach
  void stops() {
    server.close();
  }

  private interface Request<T> {
    T send(BuildReader builds) throws Exception;
  }

  private <T> T send(Request<T> request) throws Exception {
    try (var client = new ClientConfig(Optional.of(kubeconfig), Optional.empty()).createClient()) {
      return request.send(new BuildReader(client, client.getNamespace()));
    }
  }

  @Test
  void readsBuildAndPodsOfRun() throws Exception {
    server.respond(
        HELLO,
        """
        {"apiVersion": "stagewright.dev/v1alpha1", "kind": "ImageBuild",
         "metadata": {"name": "hello", "namespace": "team", "uid": "u1", "generation": 2},
         "status": {"observedGeneration": 2, "phase": "Building", "unknownField": {}}}
        """);
    server.respond(
        PODS,
        """
        {"kind": "PodList", "apiVersion": "v1", "items": [
          {"metadata": {"name": "hello-2-s0", "labels": {"stagewright.dev/part": "s0"}}}]}
        """);
    var snapshot = send(builds -> builds.snapshot("hello"));

    assertThat(snapshot.run()).isEqualTo(2);
    assertThat(snapshot.isFinished()).isFalse();
    assertThat(snapshot.pods())
        .containsExactly(
            new TaskContainer(new ContainerName("hello-2-s0", "main"), "s0", 1, State.WAITING));
    assertThat(server.requests())
        .last()
        .asString()
        .contains("stagewright.dev%2Fbuild-uid%3Du1", "stagewright.dev%2Frun%3D2");
  }

  @Test
  void readsTheDockerConfigOfASecret() throws Exception {
    server.respond(
        "/api/v1/namespaces/team/secrets/push",
        "{\"kind\":\"Secret\",\"apiVersion\":\"v1\",\"data\":{\".dockerconfigjson\":\"e30=\"}}");

    byte[] config = send(builds -> builds.dockerConfig("push"));
    assertThat(config).asString(UTF_8).isEqualTo("{}");
  }

  @Test
  void reportsASecretThatCannotBeUsed() {
    server.respond(
        "/api/v1/namespaces/team/secrets/other",
        "{\"kind\":\"Secret\",\"apiVersion\":\"v1\",\"data\":{\"token\":\"e30=\"}}");
    server.reject("/api/v1/namespaces/team/secrets/hidden", 403);

    assertThatThrownBy(() -> send(builds -> builds.dockerConfig("other")))
        .hasMessageStartingWith("Secret other has none of the keys .dockerconfigjson");
    assertThatThrownBy(() -> send(builds -> builds.dockerConfig("missing")))
        .hasMessage("no Secret missing in namespace team");
    assertThatThrownBy(() -> send(builds -> builds.dockerConfig("hidden")))
        .hasMessage("you are not allowed to get Secret hidden in namespace team");
  }

  @Test
  void reportsMissingBuild() {
    assertThatThrownBy(() -> send(builds -> builds.snapshot("hello")))
        .isInstanceOf(NotFoundException.class)
        .hasMessage("no ImageBuild hello in namespace team");
  }

  @Test
  void reportsMissingCrd() {
    assertThatThrownBy(() -> send(BuildReader::list))
        .isInstanceOf(ClusterException.class)
        .hasMessage(
            "the cluster does not know the resource ImageBuild; check whether Stagewright is installed");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "403 | you are not allowed to get ImageBuild hello in namespace team; reading builds requires"
            + " the verbs get and list on imagebuilds.stagewright.dev and pods, and get on pods/log",
        "401 | the cluster does not accept your credentials; check whether your login has expired",
      })
  void reportsMissingPermissions(int code, String message) {
    server.reject(HELLO, code);

    assertThatThrownBy(() -> send(builds -> builds.snapshot("hello")))
        .isInstanceOfSatisfying(ClusterException.class, e -> assertThat(e.isTransient()).isFalse())
        .hasMessage(message);
  }

  @Test
  void reportsUnreachableCluster() {
    server.close();

    assertThatThrownBy(() -> send(builds -> builds.snapshot("hello")))
        .isInstanceOfSatisfying(
            ClusterException.class, e -> assertThat(e.isTransient()).as(e.getMessage()).isTrue())
        .hasMessageStartingWith("cannot reach the cluster at " + server.url());
  }

  @Test
  void opensLogAtWholeSecond() throws Exception {
    server.respond(LOG, "2026-01-01T10:00:00Z hello\n");
    var text =
        send(builds -> {
          var since = Optional.of(Instant.parse("2026-01-01T10:00:00.7Z"));
          try (var log =
              logs(builds)
                  .open(new ContainerName("hello-1-s0", "main"), true, since)
                  .orElseThrow()) {
            return new String(log.readAllBytes(), UTF_8);
          }
        });

    assertThat(text).isEqualTo("2026-01-01T10:00:00Z hello\n");
    assertThat(server.requests())
        .containsExactly(
            LOG + "?container=main&timestamps=true&follow=true&sinceTime=2026-01-01T10:00:00Z");
  }

  @ParameterizedTest
  @CsvSource({"404", "400"})
  void podWithoutLogHasNoStream(int code) throws Exception {
    server.reject(LOG, code);

    var log =
        send(builds ->
            logs(builds).open(new ContainerName("hello-1-s0", "main"), false, Optional.empty()));

    assertThat(log).isEmpty();
  }

  @Test
  void forbiddenLogIsPermanentError() {
    server.reject(LOG, 403);

    assertThatThrownBy(() ->
            send(builds ->
                logs(builds)
                    .open(new ContainerName("hello-1-s0", "main"), false, Optional.empty())))
        .isInstanceOf(ClusterException.class)
        .hasMessageStartingWith("you are not allowed to read the logs of Pods in namespace team; ");
  }

  private static KubernetesPodLogClient logs(BuildReader builds) {
    return new KubernetesPodLogClient(builds.client(), builds.namespace());
  }
}
