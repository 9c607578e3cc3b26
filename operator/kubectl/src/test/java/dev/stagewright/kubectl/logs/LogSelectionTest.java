package dev.stagewright.kubectl.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.kubectl.cluster.ContainerName;
import dev.stagewright.kubectl.cluster.TaskContainer;
import dev.stagewright.kubectl.cluster.TaskContainer.State;
import dev.stagewright.kubectl.support.TestBuilds;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LogSelectionTest {
  private static final TaskNames NAMES =
      TaskNames.of(
          Optional.of(
              TestBuilds.status(
                  """
                  phase: Building
                  stages:
                  - {id: s0, name: builder, base: scratch, phase: Running}
                  - {id: s1, name: shared, base: builder, phase: Running, sharesPodOf: builder}
                  - {id: s2, name: final, base: scratch, phase: Running}
                  """)));
  private static final List<TaskContainer> PODS =
      List.of(pod("publish", 1), pod("s2", 1), pod("s0", 2), pod("s0", 1), pod("prepare", 1));

  private static TaskContainer pod(String task, int attempt) {
    return new TaskContainer(
        new ContainerName(task + "-" + attempt, "main"), task, attempt, State.TERMINATED);
  }

  private static List<String> selected(Optional<String> stage, boolean allAttempts) {
    return new LogSelection(stage, allAttempts)
        .select(PODS, NAMES).stream().map(pod -> pod.name().pod()).toList();
  }

  @Test
  void ordersPodsByTask() {
    assertThat(selected(Optional.empty(), false))
        .containsExactly("prepare-1", "s0-2", "s2-1", "publish-1");
  }

  @Test
  void includesPreviousAttemptsOnRequest() {
    assertThat(selected(Optional.empty(), true))
        .containsExactly("prepare-1", "s0-1", "s0-2", "s2-1", "publish-1");
  }

  @Test
  void selectsOneTask() {
    assertThat(selected(Optional.of("final"), false)).containsExactly("s2-1");
    assertThat(selected(Optional.of("prepare"), false)).containsExactly("prepare-1");
  }

  @Test
  void selectsSharedPodOfStage() {
    assertThat(selected(Optional.of("shared"), false)).containsExactly("s0-2");
  }
}
