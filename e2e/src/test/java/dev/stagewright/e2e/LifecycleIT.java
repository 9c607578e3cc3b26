package dev.stagewright.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Creation, replacement, and deletion of the objects of a build. */
@ExtendWith(StagewrightExtension.class)
class LifecycleIT {
  @Test
  void deletionRemovesAllObjects(TestNamespace namespace) {
    var build = namespace.inline("gone", "FROM busybox\nRUN echo x > /x\n", Map.of());
    build.awaitSuccess();
    assertThat(namespace.pods()).isNotEmpty();

    build.delete();

    awaitAllObjectsDeleted(namespace);
  }

  @Test
  void ttlDeletesBuildAndObjects(TestNamespace namespace) {
    namespace.build(
        "brief",
        """
        ttlAfterFinished: 1s
        stages: [{name: "0", networkPolicy: none}]
        """
            + Specs.inline("FROM busybox\nRUN echo x > /x\n", Map.of()));

    awaitAllObjectsDeleted(namespace);
    assertThat(PushedImage.exists(namespace.environment(), namespace.image("brief"))).isTrue();
  }

  @Test
  void ttlKeepsBuildsOfGitOpsTools(TestNamespace namespace) {
    var build =
        namespace.buildWithLabel(
            "kustomize.toolkit.fluxcd.io/name",
            "apps",
            "kept",
            "ttlAfterFinished: 1s\n" + Specs.inline("FROM busybox\n", Map.of()));
    build.awaitSuccess();

    namespace.awaitPods(List::isEmpty);
    assertThat(build.text("phase")).isEqualTo("Succeeded");
  }

  @Test
  void suspendStopsPodsAndResumeRebuilds(TestNamespace namespace) {
    var resumed = namespace.latch("resumed");
    var spec =
        Specs.inline(
            "FROM busybox\nRUN %s && echo x > /x\n".formatted(resumed.command()), Map.of());
    var build = namespace.build("paused", spec);
    build.await(it -> it.hasStage("0", "Running"));

    namespace.build("paused", "suspend: true\n" + spec);
    build.awaitPhase("Cancelled");
    namespace.awaitPods(
        pods -> pods.stream().noneMatch(pod -> "Running".equals(pod.getStatus().getPhase())));

    resumed.release();
    namespace.build("paused", "suspend: false\n" + spec);
    build.awaitSuccess();
    assertThat(build.image().paths()).contains("x");
  }

  @Test
  void buildsQueuedSpecsInOrder(TestNamespace namespace) {
    var build = queued(namespace, 1);
    build.awaitPhase("Building");
    queued(namespace, 2);
    build.await(it -> configMaps(namespace).contains("queued-2-spec"));
    queued(namespace, 3);
    namespace.latch("queued").release();
    build.awaitSuccess();

    assertThat(build.list("history"))
        .extracting(run -> run.get("generation"), run -> run.get("phase"))
        .containsExactly(tuple(2, "Succeeded"), tuple(1, "Succeeded"));
    assertThat(build.image().paths()).contains("made-3");
  }

  private static Build queued(TestNamespace namespace, int number) {
    var dockerfile =
        "FROM busybox\nRUN %s && touch /made-%d\n"
            .formatted(namespace.latch("queued").command(), number);
    return namespace.build(
        "queued", "concurrencyPolicy: Queue\n" + Specs.inline(dockerfile, Map.of()));
  }

  private static List<String> configMaps(TestNamespace namespace) {
    return namespace.client().configMaps().inNamespace(namespace.name()).list().getItems().stream()
        .map(map -> map.getMetadata().getName())
        .toList();
  }

  private static void awaitAllObjectsDeleted(TestNamespace namespace) {
    var client = namespace.client();
    Awaitility.await()
        .atMost(Duration.ofMinutes(6))
        .untilAsserted(() -> {
          assertThat(
                  client
                      .genericKubernetesResources(Build.API_VERSION, Build.KIND)
                      .inNamespace(namespace.name())
                      .list()
                      .getItems())
              .isEmpty();
          assertThat(namespace.pods()).isEmpty();
          assertThat(
                  client.persistentVolumeClaims().inNamespace(namespace.name()).list().getItems())
              .isEmpty();
          assertThat(
                  client
                      .network()
                      .v1()
                      .networkPolicies()
                      .inNamespace(namespace.name())
                      .list()
                      .getItems())
              .isEmpty();
          assertThat(configMaps(namespace)).containsOnly("kube-root-ca.crt");
        });
  }

  @Test
  void specChangeStartsNewRun(TestNamespace namespace) {
    var build = namespace.inline("changed", "FROM busybox\nCMD [\"echo\", \"one\"]\n", Map.of());
    build.awaitSuccess();
    var first = build.image().digest();

    namespace.inline("changed", "FROM busybox\nCMD [\"echo\", \"two\"]\n", Map.of());
    build.awaitSuccess();

    assertThat(build.image().digest()).isNotEqualTo(first).isEqualTo(build.image().taggedDigest());
    assertThat(namespace.run("run", namespace.image("changed")).log()).isEqualTo("two\n");
  }

  @Test
  void specChangeReplacesActiveRun(TestNamespace namespace) {
    var build = namespace.inline("replaced", "FROM busybox\nRUN sleep 600\n", Map.of());
    build.awaitPhase("Building");

    namespace.inline("replaced", "FROM busybox\nRUN echo quick > /quick\n", Map.of());
    build.awaitSuccess();

    assertThat(build.image().paths()).contains("quick");
    namespace.awaitPods(
        pods -> pods.stream().noneMatch(pod -> "Running".equals(pod.getStatus().getPhase())));
  }
}
