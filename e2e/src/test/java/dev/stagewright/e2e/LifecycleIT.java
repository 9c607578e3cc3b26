package dev.stagewright.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What becomes of a build's objects. */
@ExtendWith(StagewrightExtension.class)
class LifecycleIT {
  @Test
  void deletingTheBuildRemovesAllThatItMade(TestNamespace namespace) {
    namespace.inline("gone", "FROM busybox\nRUN echo x > /x\n", Map.of()).awaitSuccess();
    var client = namespace.client();
    assertThat(namespace.pods()).isNotEmpty();

    client
        .genericKubernetesResources(Build.API_VERSION, Build.KIND)
        .inNamespace(namespace.name())
        .withName("gone")
        .delete();

    namespace.awaitPods(List::isEmpty);
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(() -> {
          assertThat(
                  client.persistentVolumeClaims().inNamespace(namespace.name()).list().getItems())
              .isEmpty();
          assertThat(client.configMaps().inNamespace(namespace.name()).list().getItems())
              .extracting(map -> map.getMetadata().getName())
              .containsOnly("kube-root-ca.crt");
        });
  }

  @Test
  void aChangeOfTheSpecStartsANewRun(TestNamespace namespace) {
    var build = namespace.inline("changed", "FROM busybox\nCMD [\"echo\", \"one\"]\n", Map.of());
    build.awaitSuccess();
    var first = build.image().digest();

    namespace.inline("changed", "FROM busybox\nCMD [\"echo\", \"two\"]\n", Map.of());
    build.awaitSuccess();

    assertThat(build.image().digest()).isNotEqualTo(first).isEqualTo(build.image().taggedDigest());
    assertThat(namespace.run("run", namespace.image("changed")).log()).isEqualTo("two\n");
  }

  @Test
  void aChangeInMidRunReplacesTheRun(TestNamespace namespace) {
    var build = namespace.inline("replaced", "FROM busybox\nRUN sleep 600\n", Map.of());
    build.awaitPhase("Building");

    namespace.inline("replaced", "FROM busybox\nRUN echo quick > /quick\n", Map.of());
    build.awaitSuccess();

    assertThat(build.image().paths()).contains("quick");
    namespace.awaitPods(
        pods -> pods.stream().noneMatch(pod -> "Running".equals(pod.getStatus().getPhase())));
  }

  @Test
  void aRestartOfTheOperatorInMidBuildChangesNothing(TestNamespace namespace) {
    var build =
        namespace.inline(
            "restarted",
            """
            FROM busybox AS a
            RUN sleep 8 && echo a > /a
            FROM busybox
            COPY --from=a /a /a
            RUN sleep 2
            """,
            Map.of());
    build.awaitPhase("Building");
    var before = uidsByName(namespace);

    namespace
        .client()
        .pods()
        .inNamespace(namespace.environment().operator().namespace())
        .withGracePeriod(0)
        .delete();
    build.awaitSuccess();

    assertThat(uidsByName(namespace)).containsAllEntriesOf(before);
    assertThat(build.image().paths()).contains("a");
  }

  private static Map<String, String> uidsByName(TestNamespace namespace) {
    return namespace.pods().stream()
        .collect(
            Collectors.toMap(
                (Pod pod) -> pod.getMetadata().getName(), pod -> pod.getMetadata().getUid()));
  }
}
