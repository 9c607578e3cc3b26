package dev.stagewright.kubectl.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stagewright.kubectl.cluster.BuildPod.Progress;
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

/** What users are told of a cluster's answers. */
class BuildReaderTest {
  private static final String BUILDS = "/apis/stagewright.dev/v1alpha1/namespaces/team/imagebuilds";
  private static final String HELLO = BUILDS + "/hello";
  private static final String PODS = "/api/v1/namespaces/team/pods";
  private static final String LOG = PODS + "/hello-1-s0/log";

  @TempDir private Path folder;
  private final StubApiServer server = new StubApiServer();
  private Path kubeconfig = Path.of("kubeconfig");

  @BeforeEach
  void writesAKubeconfig() throws IOException {
    kubeconfig = Files.writeString(folder.resolve("kubeconfig"), Kubeconfigs.of(server.url()));
  }

  @AfterEach
  void stops() {
    server.close();
  }

  private interface Question<T> {
    T ask(BuildReader builds) throws Exception;
  }

  private <T> T ask(Question<T> question) throws Exception {
    try (var client = new Connection(Optional.of(kubeconfig), Optional.empty()).open()) {
      return question.ask(new BuildReader(client, client.getNamespace()));
    }
  }

  @Test
  void readsABuildAndThePodsOfItsRun() throws Exception {
    server.answer(
        HELLO,
        """
        {"apiVersion": "stagewright.dev/v1alpha1", "kind": "ImageBuild",
         "metadata": {"name": "hello", "namespace": "team", "uid": "u1", "generation": 2},
         "status": {"observedGeneration": 2, "phase": "Building", "fieldOfTomorrow": {}}}
        """);
    server.answer(
        PODS,
        """
        {"kind": "PodList", "apiVersion": "v1", "items": [
          {"metadata": {"name": "hello-2-s0", "labels": {"stagewright.dev/part": "s0"}}}]}
        """);
    var snapshot = ask(builds -> builds.snapshot("hello"));

    assertThat(snapshot.run()).isEqualTo(2);
    assertThat(snapshot.isOver()).isFalse();
    assertThat(snapshot.pods())
        .containsExactly(new BuildPod("hello-2-s0", "s0", 1, Progress.WAITING));
    assertThat(server.asked())
        .last()
        .asString()
        .contains("stagewright.dev%2Fbuild-uid%3Du1", "stagewright.dev%2Frun%3D2");
  }

  @Test
  void saysThatThereIsNoSuchBuild() {
    assertThatThrownBy(() -> ask(builds -> builds.snapshot("hello")))
        .isInstanceOf(NotFoundException.class)
        .hasMessage("no ImageBuild hello in namespace team");
  }

  @Test
  void saysThatStagewrightIsNotInstalled() {
    assertThatThrownBy(() -> ask(BuildReader::list))
        .isInstanceOf(ClusterException.class)
        .hasMessage("the cluster has no ImageBuilds; is Stagewright installed there?");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "403 | you may not get ImageBuild hello in namespace team; to read builds takes get and"
            + " list on imagebuilds.stagewright.dev and pods, and get on pods/log",
        "401 | the cluster does not accept these credentials; is the login still valid?",
      })
  void saysThatTheUserMayNot(int code, String message) {
    server.refuse(HELLO, code);

    assertThatThrownBy(() -> ask(builds -> builds.snapshot("hello")))
        .isInstanceOfSatisfying(ClusterException.class, e -> assertThat(e.isPassing()).isFalse())
        .hasMessage(message);
  }

  @Test
  void saysThatTheClusterCannotBeReached() {
    server.close();

    assertThatThrownBy(() -> ask(builds -> builds.snapshot("hello")))
        .isInstanceOfSatisfying(
            ClusterException.class, e -> assertThat(e.isPassing()).as(e.getMessage()).isTrue())
        .hasMessageStartingWith("cannot reach the cluster at " + server.url());
  }

  @Test
  void readsALogFromAWholeSecondOn() throws Exception {
    server.answer(LOG, "2026-01-01T10:00:00Z hello\n");
    var text =
        ask(builds -> {
          var since = Optional.of(Instant.parse("2026-01-01T10:00:00.7Z"));
          try (var log = logs(builds).open("hello-1-s0", true, since).orElseThrow()) {
            return new String(log.readAllBytes(), UTF_8);
          }
        });

    assertThat(text).isEqualTo("2026-01-01T10:00:00Z hello\n");
    assertThat(server.asked())
        .containsExactly(
            LOG + "?container=main&timestamps=true&follow=true&sinceTime=2026-01-01T10:00:00Z");
  }

  @ParameterizedTest
  @CsvSource({"404", "400"})
  void aPodThatIsGoneOrHasNotStartedHasNoLog(int code) throws Exception {
    server.refuse(LOG, code);

    var log = ask(builds -> logs(builds).open("hello-1-s0", false, Optional.empty()));

    assertThat(log).isEmpty();
  }

  @Test
  void aLogThatTheUserMayNotReadIsNotAskedForAgain() {
    server.refuse(LOG, 403);

    assertThatThrownBy(
            () -> ask(builds -> logs(builds).open("hello-1-s0", false, Optional.empty())))
        .isInstanceOf(ClusterException.class)
        .hasMessageStartingWith("you may not read logs of Pods in namespace team; ");
  }

  private static ClusterLogs logs(BuildReader builds) {
    return new ClusterLogs(builds.client(), builds.namespace());
  }
}
