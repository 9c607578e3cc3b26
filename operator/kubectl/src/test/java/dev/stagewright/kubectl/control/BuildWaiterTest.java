package dev.stagewright.kubectl.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stagewright.api.v1alpha1.ImageBuild;
import dev.stagewright.kubectl.cluster.ClusterException;
import dev.stagewright.kubectl.control.BuildWaiter.Source;
import dev.stagewright.kubectl.support.TestBuilds;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class BuildWaiterTest {
  private final Queue<Source> answers = new ArrayDeque<>();
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  private Optional<ImageBuild> await(Optional<Duration> timeout, Source... sources)
      throws Exception {
    answers.addAll(List.of(sources));
    return new BuildWaiter(
            () -> answers.size() > 1 ? answers.remove().read() : answers.element().read(),
            () -> now,
            () -> now = now.plusSeconds(60))
        .await(
            it -> new WaitGoal.Success().progress(it) != WaitGoal.Progress.OPEN, timeout, _ -> {});
  }

  private static Source phase(String phase) {
    return () -> TestBuilds.hello("phase: " + phase);
  }

  private static Source failure(boolean isTransient) {
    return () -> {
      throw new ClusterException("no answer", isTransient, new Exception());
    };
  }

  @Test
  void waitsForTheEnd() throws Exception {
    assertThat(await(Optional.empty(), phase("Building"), phase("Succeeded"))).isPresent();
  }

  @Test
  void endsAtTheTimeout() throws Exception {
    assertThat(await(Optional.of(Duration.ofMinutes(3)), phase("Building"))).isEmpty();
    assertThat(now).isEqualTo("2026-01-01T00:03:00Z");
  }

  @Test
  void endsAtTheTimeoutWithoutAnAnswer() throws Exception {
    assertThat(await(Optional.of(Duration.ofMinutes(3)), failure(true))).isEmpty();
  }

  @Test
  void goesOnWhileTheClusterDoesNotAnswer() throws Exception {
    assertThat(await(Optional.empty(), failure(true), failure(true), phase("Succeeded")))
        .isPresent();
  }

  @Test
  void givesUpAfterALongOutage() {
    assertThatThrownBy(() -> await(Optional.empty(), failure(true)))
        .isInstanceOf(ClusterException.class);
    assertThat(now).isEqualTo("2026-01-01T00:06:00Z");
  }

  @Test
  void givesUpIfTheRequestIsRejected() {
    assertThatThrownBy(() -> await(Optional.empty(), failure(false)))
        .isInstanceOf(ClusterException.class);
    assertThat(now).isEqualTo("2026-01-01T00:00:00Z");
  }
}
