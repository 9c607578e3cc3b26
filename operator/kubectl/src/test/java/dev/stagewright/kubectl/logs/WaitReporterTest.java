package dev.stagewright.kubectl.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.kubectl.support.TestBuilds;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WaitReporterTest {
  private final WaitReporter waits = new WaitReporter();

  private List<String> notices(String status) {
    return waits.newNotices(Optional.of(TestBuilds.status(status))).stream()
        .map(notice -> notice.task().orElse("build") + ": " + notice.text())
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
  void reportsBuildWithoutStatus() {
    assertThat(waits.newNotices(Optional.empty()))
        .extracting(WaitReporter.WaitNotice::text)
        .containsExactly("waiting for an operator to start the build");
    assertThat(waits.newNotices(Optional.empty())).isEmpty();
  }

  @Test
  void reportsChangedQueuePosition() {
    assertThat(notices(ready("Queued", "Queued", "is number 3")))
        .containsExactly("build: queued: is number 3");
    assertThat(notices(ready("Queued", "Queued", "is number 3"))).isEmpty();
    assertThat(notices(ready("Queued", "Queued", "is number 1")))
        .containsExactly("build: queued: is number 1");
  }

  @Test
  void reportsWaitingPrepareAndPush() {
    assertThat(notices(ready("Preparing", "ImagePullBackOff", "no such host")))
        .containsExactly("prepare: no such host");
    assertThat(notices(ready("Pushing", "Retrying", "publish: attempt 2 follows")))
        .containsExactly("publish: publish: attempt 2 follows");
  }

  @Test
  void reportsPendingStageOncePerReason() {
    var pulling =
        """
        phase: Building
        stages:
        - {id: s0, name: builder, base: scratch, phase: Pending, reason: ErrImagePull, message: no such host}
        """;
    assertThat(notices(pulling)).containsExactly("builder: pending: ErrImagePull: no such host");
    assertThat(notices(pulling.replace("no such host", "still no such host"))).isEmpty();
    assertThat(notices(pulling.replace("ErrImagePull", "Unschedulable"))).hasSize(1);
  }

  @Test
  void reportsNothingForActiveBuild() {
    assertThat(
            notices(
                ready("Building", "Building", "0 of 1 stages are done")
                    + "stages: [{id: s0, name: a, base: scratch, phase: Running}]"))
        .isEmpty();
  }
}
