package dev.stagewright.kubectl.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.kubectl.support.Builds;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HitchesTest {
  private final Hitches hitches = new Hitches();

  private List<String> news(String status) {
    return hitches.news(Optional.of(Builds.status(status))).stream()
        .map(hitch -> hitch.part().orElse("build") + ": " + hitch.text())
        .toList();
  }

  private static String ready(String phase, String reason, String message) {
    return """
    phase: %s
    conditions:
    - {type: Ready, status: Unknown, lastTransitionTime: '2026-01-01T10:00:00Z', reason: %s, message: '%s'}
    """
        .formatted(phase, reason, message);
  }

  @Test
  void aBuildThatNoOperatorHasSeenWaitsForOne() {
    assertThat(hitches.news(Optional.empty()))
        .extracting(Hitches.Hitch::text)
        .containsExactly("waits for an operator to see it");
    assertThat(hitches.news(Optional.empty())).isEmpty();
  }

  @Test
  void thePlaceInTheQueueIsToldWhenItChanges() {
    assertThat(news(ready("Queued", "Queued", "is number 3")))
        .containsExactly("build: queued: is number 3");
    assertThat(news(ready("Queued", "Queued", "is number 3"))).isEmpty();
    assertThat(news(ready("Queued", "Queued", "is number 1")))
        .containsExactly("build: queued: is number 1");
  }

  @Test
  void aWorkerThatDoesNotStartIsTold() {
    assertThat(news(ready("Preparing", "ImagePullBackOff", "no such host")))
        .containsExactly("prepare: no such host");
    assertThat(news(ready("Pushing", "Retrying", "push: attempt 2 follows")))
        .containsExactly("push: push: attempt 2 follows");
  }

  @Test
  void aStageThatDoesNotStartIsToldOnceForEachReason() {
    var pulling =
        """
        phase: Building
        stages:
        - {id: s0, name: builder, base: scratch, phase: Pending, reason: ErrImagePull, message: no such host}
        """;
    assertThat(news(pulling)).containsExactly("builder: waits: ErrImagePull: no such host");
    assertThat(news(pulling.replace("no such host", "still no such host"))).isEmpty();
    assertThat(news(pulling.replace("ErrImagePull", "Unschedulable"))).hasSize(1);
  }

  @Test
  void aBuildThatGoesOnHasNone() {
    assertThat(
            news(
                ready("Building", "Building", "0 of 1 stages are done")
                    + "stages: [{id: s0, name: a, base: scratch, phase: Running}]"))
        .isEmpty();
  }
}
