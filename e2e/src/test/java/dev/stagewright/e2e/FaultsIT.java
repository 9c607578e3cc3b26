package dev.stagewright.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Quantity;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Builds during faults of the cluster. */
@ExtendWith(StagewrightExtension.class)
class FaultsIT {
  private static final Duration QUICK = Duration.ofMinutes(1);

  @Test
  void retriesWithMoreMemoryIfAllowed(TestNamespace namespace) {
    var stage = "stages: [{name: greedy, resources: {limits: {memory: 160Mi}}%s}]\n";
    var dockerfile =
        Specs.inline(
            """
            FROM busybox AS greedy
            RUN set -o pipefail; head -c 150000000 /dev/zero | tail -c 150000000 | wc -c > /size
            CMD ["cat", "/size"]
            """,
            Map.of());
    var held = namespace.build("held", stage.formatted("") + dockerfile);
    var granted =
        namespace.build(
            "granted", stage.formatted(", outOfMemoryRetry: {maxMemory: 640Mi}") + dockerfile);

    held.awaitEnd();
    assertThat(held.text("failure", "reason")).isEqualTo("OutOfMemory");
    assertThat(held.text("failure", "message")).contains("memory");
    assertThat(namespace.podsOf(held, "s0")).hasSize(1);

    granted.awaitSuccess();
    var limits =
        namespace.podsOf(granted, "s0").stream()
            .map(pod -> pod.getSpec().getContainers().getFirst().getResources())
            .map(resources -> Quantity.getAmountInBytes(resources.getLimits().get("memory")))
            .toList();
    assertThat(limits).hasSizeGreaterThan(1).isSorted().doesNotHaveDuplicates();
    assertThat(namespace.run("run", namespace.image("granted")).log()).isEqualTo("150000000\n");
  }

  @Test
  void continuesInAQuotaWithRoomForOneStage(TestNamespace namespace) {
    namespace.allowPods(0);
    var build =
        namespace.inline(
            "narrow",
            """
            FROM busybox AS producer
            %sRUN echo made > /made
            FROM busybox
            RUN echo early
            COPY --from=producer /made /
            CMD ["cat", "/made"]
            """
                .formatted(Specs.UNTIL_LOST),
            Map.of());
    build.await(it -> it.phase().equals("Queued"));
    assertThat(build.list("conditions"))
        .extracting(condition -> condition.get("message"))
        .anySatisfy(message -> assertThat(message).asString().contains("quota"));

    namespace.allowPods(3);
    build.await(it -> it.hasStage("producer", "Running") && it.hasStage("1", "Running"));
    namespace.allowPods(2);
    namespace.delete(namespace.podsOf(build, "s0"));
    build.awaitSuccess();

    // A quota counts a deleted Pod for a moment longer, so the worker Pod may make room as well.
    assertThat(build.get("attempts"))
        .isIn(
            Optional.of(Map.of("worker", 1, "s0", 2, "s1", 2)),
            Optional.of(Map.of("worker", 2, "s0", 2, "s1", 2)));
    // Publish may still write records, and quotas count its Pod.
    namespace.allowPods(3);
    assertThat(namespace.run("run", namespace.image("narrow")).log()).isEqualTo("made\n");
  }

  @Test
  void buildsInAQuotaOfOnePod(TestNamespace namespace) {
    namespace.allowPods(1);
    var build =
        namespace
            .inline(
                "single",
                """
                FROM busybox AS producer
                RUN echo made > /made
                FROM busybox
                COPY --from=producer /made /
                RUN echo copied > /copied
                """,
                Map.of())
            .awaitSuccess();

    assertThat(build.image().paths()).contains("made", "copied");
    assertThat(namespace.podsOf(build, "worker")).hasSizeGreaterThan(1);
    assertThat(namespace.podsOf(build, "s0")).hasSize(1);
  }

  @Test
  void retriesOnlyEvictedStage(TestNamespace namespace) {
    var build =
        namespace.inline(
            "drained",
            """
            FROM busybox AS evicted
            %sRUN echo evicted > /evicted
            FROM busybox AS done
            RUN echo done > /done
            FROM busybox
            RUN true
            COPY --from=done /done /
            COPY --from=evicted /evicted /
            CMD ["cat", "/done", "/evicted"]
            """
                .formatted(Specs.UNTIL_LOST),
            Map.of());
    build.await(it ->
        it.hasStage("evicted", "Running")
            && it.hasStage("done", "Succeeded")
            && it.hasStage("2", "Running"));
    var done = build.stage("done").text("pod");

    namespace.evict(namespace.podsOf(build, "s0"));
    build.awaitSuccess();

    assertThat(build.get("attempts")).contains(Map.of("worker", 1, "s0", 2, "s1", 1, "s2", 1));
    assertThat(build.stage("done").text("pod")).isEqualTo(done);
    assertThat(build.events())
        .filteredOn(event -> event.startsWith("!"))
        .singleElement()
        .asString()
        .startsWith("!Retrying: stage evicted: attempt 2 follows: EvictionByEvictionAPI");
    assertThat(namespace.run("run", namespace.image("drained")).log()).isEqualTo("done\nevicted\n");
  }

  @Test
  void waitsForLateImage(Environment environment, TestNamespace namespace) {
    var late = namespace.image("late");
    var build =
        namespace.build(
            "patient",
            """
            stages:
              - name: "0"
                podTemplate:
                  spec:
                    initContainers: [{name: late, image: "%s", command: ["true"]}]
            """
                    .formatted(late)
                + Specs.inline("FROM busybox\nRUN echo x > /x\n", Map.of()));
    build.await(
        it -> it.stages().stream().anyMatch(stage -> stage.text("reason").contains("ImagePull")));
    assertThat(build.stage("0").text("message")).contains(late);

    var busybox = environment.registry() + "/library/busybox";
    environment.tools().output(QUICK, "crane", "copy", "--insecure", busybox, late);
    build.awaitSuccess();

    assertThat(build.get("attempts")).contains(Map.of("worker", 1, "s0", 1));
  }

  @Test
  void reportsUnboundClaimAndFullVolume(Environment environment, TestNamespace namespace)
      throws IOException {
    var build =
        namespace.build(
            "cramped",
            "workspace: {storageClassName: '%s', size: 6Mi}\n".formatted(namespace.name())
                + Specs.inline(
                    "FROM busybox\nRUN head -c 20000000 /dev/urandom > /big\n", Map.of()));
    build.await(it ->
        it.list("conditions").stream()
            .anyMatch(condition -> "WorkspaceNotBound".equals(condition.get("reason"))));

    try (var volume = SmallVolume.create(environment, namespace.name(), 6)) {
      build.awaitEnd();
      assertThat(volume.isBound()).isTrue();
    }

    assertThat(build.text("failure", "reason")).isEqualTo("WorkspaceFull");
    assertThat(build.text("failure", "message")).contains("workspace");
  }

  @Test
  void stopsStageAfterTimeout(TestNamespace namespace) {
    var build =
        namespace
            .build(
                "late",
                "stages: [{name: slow, timeout: 5s}]\n"
                    + Specs.inline(
                        """
                        FROM busybox AS slow
                        RUN sleep 600
                        FROM busybox AS fast
                        RUN true
                        FROM busybox
                        COPY --from=slow /etc/passwd /
                        COPY --from=fast /etc/passwd /
                        """,
                        Map.of()))
            .awaitEnd();

    assertThat(build.text("failure", "reason")).isEqualTo("StageTimeout");
    assertThat(build.text("failure", "stage")).isEqualTo("slow");
    namespace.awaitPods(
        pods -> pods.stream().noneMatch(pod -> pod.getStatus().getPhase().equals("Running")));
  }
}
