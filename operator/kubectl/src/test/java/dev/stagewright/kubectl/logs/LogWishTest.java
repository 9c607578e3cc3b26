package dev.stagewright.kubectl.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.kubectl.cluster.BuildPod;
import dev.stagewright.kubectl.cluster.BuildPod.Progress;
import dev.stagewright.kubectl.support.Builds;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LogWishTest {
  private static final StageNames NAMES =
      StageNames.of(
          Optional.of(
              Builds.status(
                  """
                  phase: Building
                  stages:
                  - {id: s0, name: builder, base: scratch, phase: Running}
                  - {id: s1, name: shared, base: builder, phase: Running, sharesPodOf: builder}
                  - {id: s2, name: final, base: scratch, phase: Running}
                  """)));
  private static final List<BuildPod> PODS =
      List.of(pod("push", 1), pod("s2", 1), pod("s0", 2), pod("s0", 1), pod("prepare", 1));

  private static BuildPod pod(String part, int attempt) {
    return new BuildPod(part + "-" + attempt, part, attempt, Progress.OVER);
  }

  private static List<String> chosen(Optional<String> stage, boolean allAttempts) {
    return new LogWish(stage, allAttempts)
        .choose(PODS, NAMES).stream().map(BuildPod::name).toList();
  }

  @Test
  void logsAreToldInTheOrderOfTheDockerfileBetweenPrepareAndPush() {
    assertThat(chosen(Optional.empty(), false))
        .containsExactly("prepare-1", "s0-2", "s2-1", "push-1");
  }

  @Test
  void earlierAttemptsComeBeforeLaterOnesWhereTheyAreWanted() {
    assertThat(chosen(Optional.empty(), true))
        .containsExactly("prepare-1", "s0-1", "s0-2", "s2-1", "push-1");
  }

  @Test
  void oneStageMayBeWanted() {
    assertThat(chosen(Optional.of("final"), false)).containsExactly("s2-1");
    assertThat(chosen(Optional.of("prepare"), false)).containsExactly("prepare-1");
  }

  @Test
  void aStageWithoutAPodOfItsOwnIsInThePodThatItShares() {
    assertThat(chosen(Optional.of("shared"), false)).containsExactly("s0-2");
  }
}
