package dev.stagewright.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Nodes with wrong clocks. A machine has one clock, so an admission policy changes all timestamps
 * that kubelets report for the Pods of a namespace.
 */
@ExtendWith(StagewrightExtension.class)
class ClockSkewIT {
  private static final Duration TIMEOUT = Duration.ofMinutes(2);

  private static final String TOLD_BY_A_KUBELET =
      "request.userInfo.username.startsWith('system:node:')";

  @ParameterizedTest(name = "by {0} s")
  @ValueSource(longs = {3600, -3600})
  void timesAreCorrectDespiteClockSkew(long seconds, TestNamespace namespace) {
    var patch = shiftedBy(seconds);
    try (var _ =
        AdmissionPolicy.create(namespace, "UPDATE", "pods/status", TOLD_BY_A_KUBELET, patch)) {
      awaitSkew(namespace, Duration.ofSeconds(seconds));
      var observed = namespace.latch("observed");
      var quick =
          namespace.build(
              "quick",
              "timeout: 30m\nstages: [{name: quick, timeout: 30m}]\n"
                  + Specs.inline(
                      "FROM busybox AS quick\nRUN %s && echo x > /x\n"
                          .formatted(observed.command()),
                      Map.of()));
      var slow =
          namespace.build(
              "slow",
              "timeout: 30m\nstages: [{name: slow, timeout: 5s}]\n"
                  + Specs.inline("FROM busybox AS slow\nRUN sleep 600\n", Map.of()));

      quick.await(it -> it.hasStage("quick", "Running"));
      observed.release();
      quick.awaitSuccess();
      assertThat(skewOf(namespace, "quick-1-s0").abs()).isGreaterThan(Duration.ofMinutes(55));
      var stage = quick.stage("quick");
      assertThat(Instant.parse(stage.text("startTime")))
          .isBetween(time(quick, "startTime"), time(quick, "completionTime"));
      assertThat(Instant.parse(stage.text("completionTime")))
          .isBetween(time(quick, "startTime"), time(quick, "completionTime"));
      slow.awaitEnd();
      assertThat(slow.text("failure", "reason")).isEqualTo("StageTimeout");
    }
  }

  /** Shifts all timestamps of a Pod with one container. */
  private static String shiftedBy(long seconds) {
    return """
    (has(object.status.startTime) ? [
      JSONPatch{op: 'replace', path: '/status/startTime',
        value: string(timestamp(object.status.startTime) + duration('%1$s'))}
    ] : []) +
    (!has(object.status.containerStatuses) ? [] :
     has(object.status.containerStatuses[0].state.running) ? [
      JSONPatch{op: 'replace', path: '/status/containerStatuses/0/state/running/startedAt',
        value: string(timestamp(object.status.containerStatuses[0].state.running.startedAt)
          + duration('%1$s'))}
    ] : has(object.status.containerStatuses[0].state.terminated) ? [
      JSONPatch{op: 'replace', path: '/status/containerStatuses/0/state/terminated/startedAt',
        value: string(timestamp(object.status.containerStatuses[0].state.terminated.startedAt)
          + duration('%1$s'))},
      JSONPatch{op: 'replace', path: '/status/containerStatuses/0/state/terminated/finishedAt',
        value: string(timestamp(object.status.containerStatuses[0].state.terminated.finishedAt)
          + duration('%1$s'))}
    ] : [])
    """
        .formatted(seconds + "s");
  }

  private static Instant time(Build build, String field) {
    return Instant.parse(build.text(field));
  }

  /**
   * Waits until the policy is in effect, because timestamps of a Pod could be inconsistent before.
   */
  private static void awaitSkew(TestNamespace namespace, Duration skew) {
    Awaitility.await()
        .atMost(TIMEOUT)
        .until(() -> {
          var name = "probe-" + Environment.randomId();
          var image = namespace.environment().registry() + "/library/busybox";
          var _ = namespace.run(name, image, "true");
          return skewOf(namespace, name).minus(skew).abs().compareTo(Duration.ofMinutes(5)) < 0;
        });
  }

  /** The time between the creation of a Pod in the API server and its start on the node. */
  private static Duration skewOf(TestNamespace namespace, String name) {
    var pod = namespace.client().pods().inNamespace(namespace.name()).withName(name).require();
    return Duration.between(
        Instant.parse(pod.getMetadata().getCreationTimestamp()),
        Instant.parse(pod.getStatus().getStartTime()));
  }
}
