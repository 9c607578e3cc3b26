package dev.stagewright.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.controller.support.Builds;
import dev.stagewright.controller.support.Plans;
import dev.stagewright.controller.support.Walk;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.Phase;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A stage that runs out of memory. */
class OutOfMemoryTest {
  private static final String SOURCE = "source: {inline: {dockerfile: FROM x}}\n";
  private static final String RETRY =
      "stages: [{name: builder, outOfMemoryRetry: {maxMemory: 768Mi}}]";

  private static Walk walk(String spec) {
    return Walk.prepared(Builds.hello(SOURCE + spec), Plans.builderAndTarget());
  }

  private static void limit(Walk walk, String pod, String memory) {
    walk.cluster()
        .requirePod(pod)
        .getSpec()
        .getContainers()
        .getFirst()
        .setResources(
            new ResourceRequirementsBuilder().addToLimits("memory", new Quantity(memory)).build());
  }

  private static Optional<Long> limit(Walk walk, String pod) {
    var resources =
        walk.cluster().requirePod(pod).getSpec().getContainers().getFirst().getResources();
    return Optional.ofNullable(resources.getLimits().get("memory"))
        .map(Quantity::getNumericalAmount)
        .map(Number::longValue);
  }

  @Test
  void failureNamesLimit() {
    var walk = walk("");
    limit(walk, "hello-1-s0", "256Mi");
    walk.end("hello-1-s0", 137, "OOMKilled", "").reconcile();

    assertThat(walk.failure())
        .extracting("reason", "stage")
        .containsExactly("OutOfMemory", "builder");
    assertThat(walk.failure().message()).contains("its limit, 256Mi");
  }

  @Test
  void failureWithoutLimitNamesNode() {
    var walk = walk(RETRY);
    walk.end("hello-1-s0", 137, "OOMKilled", "").reconcile();

    assertThat(walk.failure().message()).contains("its node ran out of memory");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void retriesWithTwiceTheMemory(boolean wholeContainer) {
    var walk = walk(RETRY + "\nretries: 0");
    limit(walk, "hello-1-s0", "256Mi");
    kill(walk, "hello-1-s0", wholeContainer);
    assertThat(limit(walk, "hello-1-s0-2")).contains(512L << 20);
    assertThat(walk.stage("s0").phase().name()).isEqualTo("Pending");

    kill(walk, "hello-1-s0-2", wholeContainer);
    assertThat(limit(walk, "hello-1-s0-3")).contains(768L << 20);

    kill(walk, "hello-1-s0-3", wholeContainer);
    assertThat(walk.failure().reason()).isEqualTo("OutOfMemory");
    assertThat(walk.cluster().names()).doesNotContain("hello-1-s0-4");
  }

  @Test
  void lostPodKeepsIncreasedMemory() {
    var walk = walk(RETRY);
    limit(walk, "hello-1-s0", "256Mi");
    kill(walk, "hello-1-s0", true);
    walk.evict("hello-1-s0-2").reconcile();

    assertThat(limit(walk, "hello-1-s0-3")).contains(512L << 20);
  }

  private static void kill(Walk walk, String pod, boolean wholeContainer) {
    if (wholeContainer) {
      walk.end(pod, 137, "OOMKilled", "").reconcile();
    } else {
      walk.fail(pod, Phase.STAGE, Failure.of(FailureReason.OutOfMemory, "make was killed"))
          .reconcile();
    }
  }
}
