package dev.stagewright.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.api.v1alpha1.BuildCondition;
import dev.stagewright.api.v1alpha1.BuildPhase;
import dev.stagewright.controller.support.Builds;
import dev.stagewright.controller.support.Plans;
import dev.stagewright.controller.support.Walk;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.Json;
import dev.stagewright.protocol.LogFrame;
import dev.stagewright.protocol.Phase;
import dev.stagewright.protocol.ReceivedSource;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Runs whose source a client sends. */
class StreamedSourceTest {
  private static final String RECEIVED =
      LogFrame.format(LogFrame.Kind.SOURCE, Json.write(new ReceivedSource(10, 1))) + "\n";

  private final Walk walk = new Walk(Builds.hello("source: {stream: {timeout: 2m}}")).reconcile();

  private String message() {
    return walk.status().conditions().stream()
        .findFirst()
        .map(BuildCondition::message)
        .orElseThrow();
  }

  @Test
  void statusSaysThatARunWaitsForAClientAndForHowLong() {
    walk.start("hello-1-worker");
    var until = walk.now().plus(Duration.ofMinutes(2)).toString().substring(0, 19);
    walk.reconcile();

    assertThat(walk.status().phase()).isEqualTo(BuildPhase.Preparing);
    assertThat(walk.condition("Ready")).isEqualTo("Unknown WaitingForSource");
    assertThat(message())
        .startsWith(
            "the container prepare of the Pod hello-1-worker waits for a client that sends the"
                + " source, until "
                + until);
    assertThat(walk.cluster().eventReasons()).containsExactly("Started", "WaitingForSource");
    walk.assertSettled();
  }

  @Test
  void runGoesOnWhenTheSourceWasReceived() {
    walk.start("hello-1-worker").reconcile();
    walk.cluster().log("hello-1-worker", RECEIVED);
    walk.reconcile();

    assertThat(walk.condition("Ready")).isEqualTo("Unknown Preparing");

    walk.completePrepare(Plans.builderAndTarget()).reconcile();
    assertThat(walk.status().phase()).isEqualTo(BuildPhase.Building);
  }

  @Test
  void runFailsIfNoClientSendsTheSource() {
    walk.start("hello-1-worker").reconcile();
    walk.fail(
            "hello-1-worker/prepare",
            Phase.PREPARE,
            Failure.of(FailureReason.SourceNotReceived, "no client sent the source"))
        .reconcile();

    assertThat(walk.failure().reason()).isEqualTo("SourceNotReceived");
    assertThat(walk.cluster().names()).doesNotContain("hello-1-worker-2");
  }

  @Test
  void anotherPodWaitsForAClientIfTheFirstIsLost() {
    walk.start("hello-1-worker").reconcile();
    walk.evict("hello-1-worker").reconcile().after(Duration.ofMinutes(1));
    walk.start("hello-1-worker-2").reconcile();

    assertThat(walk.condition("Ready")).isEqualTo("Unknown WaitingForSource");
    assertThat(message()).contains("Pod hello-1-worker-2 waits");
  }
}
