package dev.stagewright.controller.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.api.v1alpha1.ImageBuild;
import dev.stagewright.controller.support.MovableClock;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BuildGaugesTest {
  private static final KubernetesSerialization YAML = new KubernetesSerialization();

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final List<ImageBuild> builds = new ArrayList<>();
  private final BuildGauges gauges = new BuildGauges(registry, new MovableClock());

  @BeforeEach
  void register() {
    gauges.register(builds::stream);
  }

  @Test
  void countsBuildsThatRunAndThatWait() {
    builds.add(build("a", "phase: Building"));
    builds.add(build("b", "phase: Queued, queue: {position: 2, since: '2026-11-21T09:59:00Z'}"));
    builds.add(build("c", "phase: Queued, queue: {position: 1, since: '2026-11-21T09:50:00Z'}"));

    assertThat(registry.get("stagewright.builds.running").gauge().value()).isEqualTo(1);
    assertThat(registry.get("stagewright.builds.queued").gauge().value()).isEqualTo(2);
    assertThat(registry.get("stagewright.queue.oldest.age").gauge().value()).isEqualTo(600);
  }

  @Test
  void anEmptyQueueHasNoAge() {
    assertThat(registry.get("stagewright.queue.oldest.age").gauge().value()).isZero();
  }

  @Test
  void countsWhatRunningBuildsWaitFor() {
    builds.add(build("a", ready("Building", "ImagePullBackOff")));
    builds.add(build("b", ready("Preparing", "ImagePullBackOff")));
    builds.add(build("c", ready("Building", "Building")));
    builds.add(build("d", ready("Failed", "RunFailed")));
    gauges.refresh();
    assertThat(waiting("ImagePullBackOff")).isEqualTo(2);
    assertThat(registry.find("stagewright.builds.waiting").gauges()).hasSize(1);

    builds.clear();
    gauges.refresh();
    assertThat(registry.find("stagewright.builds.waiting").gauges()).isEmpty();
  }

  private double waiting(String reason) {
    return registry.get("stagewright.builds.waiting").tag("reason", reason).gauge().value();
  }

  private static String ready(String phase, String reason) {
    return "phase: %s, conditions: [{type: Ready, status: Unknown, reason: %s}]"
        .formatted(phase, reason);
  }

  private static ImageBuild build(String name, String status) {
    return YAML.unmarshal(
        """
        apiVersion: stagewright.dev/v1alpha1
        kind: ImageBuild
        metadata: {name: %1$s, namespace: n, uid: %1$s, generation: 1}
        spec: {output: {image: r/i}}
        status: {observedGeneration: 1, %2$s}
        """
            .formatted(name, status),
        ImageBuild.class);
  }
}
