package dev.stagewright.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Builds while the operator is killed or replaced. */
@ExtendWith(StagewrightExtension.class)
class OperatorKillIT {
  private static final int BUILDS = 6;
  private static final int KILLS = 6;
  private static final int LONGEST_LIFE_MILLIS = 5_000;
  private static final Duration TIMEOUT = Duration.ofMinutes(2);
  private static final Map<String, Integer> ONE_POD_EACH =
      Map.of("prepare", 1, "check", 1, "s0", 1, "s1", 1, "push", 1);

  @Test
  void buildsSurviveRepeatedOperatorKills(Environment environment, TestNamespace namespace) {
    try (var operator = environment.operatorWith("")) {
      killRepeatedly(operator, namespace);
    }
  }

  private static void killRepeatedly(Installation operator, TestNamespace namespace) {
    var builds =
        IntStream.range(0, BUILDS)
            .mapToObj(number -> build(operator, namespace, number, ""))
            .toList();
    var failing = build(operator, namespace, BUILDS, " && exit 7");

    var seed = System.nanoTime();
    var random = new Random(seed);
    var observedUids = new HashMap<String, String>();
    for (var kill = 0; kill < KILLS; kill++) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(LONGEST_LIFE_MILLIS)));
      namespace.podUids().forEach(observedUids::putIfAbsent);
      kill(operator, namespace);
    }

    for (var build : builds) {
      build.awaitSuccess();
      assertThat(build.get("attempts")).as("seed %d", seed).contains(ONE_POD_EACH);
      assertThat(build.image().paths()).contains("made");
    }
    failing.awaitEnd();
    assertThat(namespace.podUids()).as("seed %d", seed).containsAllEntriesOf(observedUids);
    assertThat(failing.text("failure", "reason")).as("seed %d", seed).isEqualTo("RunFailed");
    assertThat(failing.text("failure", "exitCode")).isEqualTo("7");
    Awaitility.await()
        .atMost(TIMEOUT)
        .untilAsserted(() ->
            assertThat(
                    namespace
                        .client()
                        .persistentVolumeClaims()
                        .inNamespace(namespace.name())
                        .list()
                        .getItems())
                .isEmpty());
    assertThat(namespace.pods()).noneMatch(OperatorKillIT::isRunning);
  }

  @Test
  void standbyReplicaTakesOver(Environment environment, TestNamespace namespace) {
    var operator = environment.operatorWithInitContainer();
    var lease =
        environment.client().leases().inNamespace(operator.namespace()).withName(operator.lease());
    var build =
        namespace.build(
            operator,
            "led",
            Specs.inline("FROM busybox\nRUN sleep 10 && echo made > /made\n", Map.of()));
    build.awaitPhase("Building");
    var leader = lease.require().getSpec().getHolderIdentity();

    environment.client().pods().inNamespace(operator.namespace()).withName(leader).delete();
    build.awaitSuccess();

    assertThat(lease.require().getSpec().getHolderIdentity()).isNotEqualTo(leader);
    assertThat(build.get("attempts"))
        .contains(Map.of("prepare", 1, "check", 1, "s0", 1, "push", 1));
  }

  private static Build build(
      Installation operator, TestNamespace namespace, int number, String end) {
    var dockerfile =
        """
        FROM busybox AS maker
        RUN sleep %d && echo %1$d > /made
        FROM busybox
        COPY --from=maker /made /
        RUN sleep 2%s
        """
            .formatted(number, end);
    return namespace.build(operator, "build-" + number, Specs.inline(dockerfile, Map.of()));
  }

  /** Deletes the Pods of the operator by force, at a random time. */
  private static void kill(Installation operator, TestNamespace namespace) {
    var pods = namespace.client().pods().inNamespace(operator.namespace());
    pods.withGracePeriod(0).delete();
    Awaitility.await()
        .atMost(TIMEOUT)
        .until(() -> pods.list().getItems().stream().anyMatch(OperatorKillIT::isRunning));
  }

  private static boolean isRunning(Pod pod) {
    return pod.getMetadata().getDeletionTimestamp() == null
        && "Running".equals(pod.getStatus().getPhase());
  }
}
