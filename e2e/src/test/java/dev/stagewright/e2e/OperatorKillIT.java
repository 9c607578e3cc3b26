package dev.stagewright.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Builds while the operator is killed or replaced. */
@ExtendWith(StagewrightExtension.class)
class OperatorKillIT {
  private static final int BUILDS = 6;

  /** The operator is killed once after each of these, as soon as it is true for any build. */
  private static final List<Milestone> MILESTONES =
      List.of(
          new Milestone("worker", "prepare", State.CREATED),
          new Milestone("worker", "publish", State.STARTED),
          new Milestone("worker", "prepare", State.ENDED),
          new Milestone("s0", "main", State.CREATED),
          new Milestone("s0", "main", State.ENDED),
          new Milestone("worker", "publish", State.ENDED));

  private static final Duration TIMEOUT = Duration.ofMinutes(2);
  private static final Map<String, Integer> ONE_POD_EACH = Map.of("worker", 1, "s0", 1, "s1", 1);

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

    var observedUids = new HashMap<String, String>();
    for (var kill = 0; kill < MILESTONES.size(); kill++) {
      namespace.awaitPods(MILESTONES.get(kill)::isReached);
      namespace.podUids().forEach(observedUids::putIfAbsent);
      kill(operator, namespace);
      // One build after the other, so that a kill finds builds in all phases.
      namespace.latch(Integer.toString(kill)).release();
    }
    namespace.latch(Integer.toString(BUILDS)).release();

    for (var build : builds) {
      build.awaitSuccess();
      assertThat(build.get("attempts")).contains(ONE_POD_EACH);
      assertThat(build.image().paths()).contains("made");
    }
    failing.awaitEnd();
    assertThat(namespace.podUids()).containsAllEntriesOf(observedUids);
    assertThat(failing.text("failure", "reason")).isEqualTo("RunFailed");
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
    var replaced = namespace.latch("replaced");
    var build =
        namespace.build(
            operator,
            "led",
            Specs.inline(
                "FROM busybox\nRUN %s && echo made > /made\n".formatted(replaced.command()),
                Map.of()));
    build.awaitPhase("Building");
    var leader = lease.require().getSpec().getHolderIdentity();

    environment.client().pods().inNamespace(operator.namespace()).withName(leader).delete();
    Awaitility.await().atMost(TIMEOUT).until(() -> isHeldByOther(lease.require(), leader));
    replaced.release();
    build.awaitSuccess();

    assertThat(build.get("attempts")).contains(Map.of("worker", 1, "s0", 1));
  }

  private static Build build(
      Installation operator, TestNamespace namespace, int number, String end) {
    var dockerfile =
        """
        FROM busybox AS maker
        RUN %s && echo %d > /made
        FROM busybox
        COPY --from=maker /made /
        RUN true%s
        """
            .formatted(namespace.latch(Integer.toString(number)).command(), number, end);
    return namespace.build(operator, "build-" + number, Specs.inline(dockerfile, Map.of()));
  }

  /**
   * A state of a container.
   *
   * @param pod key of the Pod, as in {@code status.attempts}
   */
  private record Milestone(String pod, String container, State state) {
    boolean isReached(List<Pod> pods) {
      return pods.stream().anyMatch(this::isReached);
    }

    private boolean isReached(Pod candidate) {
      return pod.equals(candidate.getMetadata().getLabels().get("stagewright.dev/part"))
          && (state == State.CREATED
              || candidate.getStatus().getContainerStatuses().stream()
                  .filter(status -> status.getName().equals(container))
                  .map(ContainerStatus::getState)
                  .anyMatch(current ->
                      current.getTerminated() != null
                          || (state == State.STARTED && current.getRunning() != null)));
    }
  }

  /** How far a container is. */
  private enum State {
    CREATED,
    STARTED,
    ENDED
  }

  private static boolean isHeldByOther(Lease lease, String leader) {
    var holder = lease.getSpec().getHolderIdentity();
    return holder != null && !holder.isEmpty() && !holder.equals(leader);
  }

  /** Deletes the Pods of the operator by force and waits until their replacement runs. */
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
