package dev.stagewright.controller.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.controller.support.MovableClock;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PodStartMetricsTest {
  private static final KubernetesSerialization YAML = new KubernetesSerialization();
  private static final String RUNNING = "running: {startedAt: '2026-11-21T10:00:09Z'}";
  private static final String WAITING = "waiting: {reason: ContainerCreating}";

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final PodStartMetrics metrics = new PodStartMetrics(registry, new MovableClock());

  @Test
  void measuresSchedulerAndKubeletOfAPodOnce() {
    metrics.record(List.of(pod("s0", "2026-11-21T10:00:00Z", WAITING)));
    metrics.record(List.of(pod("s0", "2026-11-21T10:00:00Z", RUNNING)));
    metrics.record(List.of(pod("s0", "2026-11-21T10:00:00Z", RUNNING)));

    assertThat(timer("stage", "schedule").count()).isEqualTo(1);
    assertThat(timer("stage", "schedule").totalTime(TimeUnit.SECONDS)).isEqualTo(2);
    assertThat(timer("stage", "start").totalTime(TimeUnit.SECONDS)).isEqualTo(7);
  }

  @Test
  void podsOfAnEarlierProcessAreNotCountedAgain() {
    metrics.record(List.of(pod("s0", "2026-11-21T09:59:50Z", RUNNING)));
    assertThat(registry.find("stagewright.pod.start.duration").timers()).isEmpty();
  }

  private Timer timer(String pod, String phase) {
    return registry.get("stagewright.pod.start.duration").tags("pod", pod, "phase", phase).timer();
  }

  private static Pod pod(String key, String created, String state) {
    return YAML.unmarshal(
        """
        metadata:
          name: p
          namespace: n
          uid: u
          creationTimestamp: '%s'
          labels: {stagewright.dev/part: %s}
        spec: {containers: [{name: main}]}
        status:
          phase: Running
          conditions:
            - {type: PodScheduled, status: 'True', lastTransitionTime: '2026-11-21T10:00:02Z'}
          containerStatuses:
            - name: main
              state: {%s}
        """
            .formatted(created, key, state),
        Pod.class);
  }
}
