package dev.stagewright.kubectl.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stagewright.kubectl.cluster.BuildSnapshot;
import dev.stagewright.kubectl.cluster.ClusterException;
import dev.stagewright.kubectl.cluster.ContainerName;
import dev.stagewright.kubectl.cluster.NotFoundException;
import dev.stagewright.kubectl.cluster.TaskContainer;
import dev.stagewright.kubectl.cluster.TaskContainer.State;
import dev.stagewright.kubectl.support.TestBuilds;
import dev.stagewright.kubectl.terminal.Ansi;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each poll returns the next snapshot of a script. */
@Timeout(20)
class BuildLogFollowerTest {
  private static final String STAGES =
      """
      stages:
      - {id: s0, name: left, base: scratch, phase: Running}
      - {id: s1, name: right, base: scratch, phase: Running}
      """;

  private final FakePodLogs logs = new FakePodLogs();
  private final StringWriter out = new StringWriter();
  private final StringWriter notices = new StringWriter();
  private LogSelection selection = new LogSelection(Optional.empty(), false);

  /** Changes the logs and returns the next snapshot. */
  private interface Step {
    BuildSnapshot read() throws ClusterException, NotFoundException;
  }

  private BuildSnapshot follow(Step... script)
      throws ClusterException, NotFoundException, InterruptedException {
    var steps = List.of(script).iterator();
    return new BuildLogFollower(
            () -> steps.next().read(),
            logs,
            logs,
            new LogPrinter(new PrintWriter(out), new PrintWriter(notices), new Ansi(false), false),
            selection,
            new BuildLogFollower.Timing(Duration.ofMillis(20), Duration.ofMillis(300)))
        .follow();
  }

  private static BuildSnapshot phase(String phase, TaskContainer... pods) {
    var stages = phase.equals("Preparing") ? "" : STAGES;
    return new BuildSnapshot(TestBuilds.hello("phase: " + phase + "\n" + stages), List.of(pods));
  }

  private static TaskContainer pod(String task, State state) {
    return new TaskContainer(new ContainerName(task, "main"), task, 1, state);
  }

  private static TaskContainer running(String task) {
    return pod(task, State.RUNNING);
  }

  private static TaskContainer terminated(String task) {
    return pod(task, State.TERMINATED);
  }

  private List<String> printed() {
    return out.toString().lines().map(line -> line.replaceAll(" +", " ")).toList();
  }

  private List<String> printed(String source) {
    return printed().stream().filter(line -> line.startsWith("[" + source + "]")).toList();
  }

  @Test
  void printsTasksInOrder() throws Exception {
    follow(
        () -> {
          logs.print("prepare", "fetching");
          return phase("Preparing", running("prepare"));
        },
        () -> {
          logs.print("prepare", "planned").terminate("prepare");
          logs.print("s0", "[left 1/1] RUN a", "a1").print("s1", "b1");
          return phase("Building", terminated("prepare"), running("s0"), running("s1"));
        },
        () -> {
          logs.print("s1", "b2").print("s0", "a2");
          return phase("Building", terminated("prepare"), running("s0"), running("s1"));
        },
        () -> {
          logs.print("s1", "b3").terminate("s0", "s1").print("publish", "pushed");
          return phase(
              "Pushing",
              terminated("prepare"),
              terminated("s0"),
              terminated("s1"),
              running("publish"));
        },
        () -> {
          logs.terminate("publish");
          return phase(
              "Succeeded",
              terminated("prepare"),
              terminated("s0"),
              terminated("s1"),
              terminated("publish"));
        });

    assertThat(printed("left")).containsExactly("[left] 1/1 RUN a", "[left] a1", "[left] a2");
    assertThat(printed("right")).containsExactly("[right] b1", "[right] b2", "[right] b3");
    assertThat(printed()).startsWith("[prepare] fetching", "[prepare] planned");
    assertThat(printed()).contains("[publish] pushed").hasSize(9);
  }

  @Test
  void printsFinishedBuildInDockerfileOrder() throws Exception {
    logs.print("s1", "b").print("s0", "a1", "a2").print("prepare", "p").print("publish", "q");
    logs.terminate("prepare", "s0", "s1", "publish");

    follow(() ->
        phase(
            "Succeeded",
            terminated("publish"),
            terminated("s1"),
            terminated("s0"),
            terminated("prepare")));

    assertThat(printed())
        .containsExactly("[prepare] p", "[left] a1", "[left] a2", "[right] b", "[publish] q");
  }

  @Test
  void waitsForLaterPods() throws Exception {
    follow(
        () -> phase("Building"),
        () -> phase("Building", pod("s0", State.WAITING)),
        () -> {
          logs.print("s0", "a");
          return phase("Building", running("s0"));
        },
        () -> {
          logs.terminate("s0");
          return phase("Succeeded", terminated("s0"));
        });

    assertThat(printed()).containsExactly("[left] a");
  }

  @Test
  void continuesWithNextAttempt() throws Exception {
    var second = new TaskContainer(new ContainerName("s0-2", "main"), "s0", 2, State.RUNNING);
    follow(
        () -> {
          logs.print("s0", "a1");
          return phase("Building", running("s0"));
        },
        () -> {
          logs.remove("s0").print("s0-2", "a1 again");
          return phase("Building", second);
        },
        () -> {
          logs.terminate("s0-2");
          return phase("Succeeded", second);
        });

    assertThat(printed()).containsExactly("[left] a1", "[left] a1 again");
    assertThat(notices.toString()).contains("[left]    attempt 2, Pod s0-2");
  }

  @Test
  void abandonsIdleStreamOfLostNode() throws Exception {
    var second = new TaskContainer(new ContainerName("s0-2", "main"), "s0", 2, State.TERMINATED);
    follow(
        () -> {
          logs.print("s0", "a1").hang("s0");
          return phase("Building", running("s0"));
        },
        () -> {
          logs.print("s0-2", "a1 again").terminate("s0-2");
          return phase("Building", running("s0"), second);
        },
        () -> phase("Succeeded", running("s0"), second));

    assertThat(printed()).containsExactly("[left] a1", "[left] a1 again");
  }

  @Test
  void skipsSupersededAttempts() throws Exception {
    var second = new TaskContainer(new ContainerName("s0-2", "main"), "s0", 2, State.TERMINATED);
    logs.print("s0", "a1").print("s0-2", "a2").terminate("s0", "s0-2");

    follow(() -> phase("Failed", terminated("s0"), second));

    assertThat(printed()).containsExactly("[left] a2");
  }

  @Test
  void printsSelectedStage() throws Exception {
    selection = new LogSelection(Optional.of("right"), false);
    logs.print("s0", "a").print("s1", "b").terminate("s0", "s1");

    follow(() -> phase("Succeeded", terminated("s0"), terminated("s1")));

    assertThat(printed()).containsExactly("[right] b");
  }

  @Test
  void returnsFinalSnapshot() throws Exception {
    assertThat(follow(() -> phase("Building"), () -> phase("Cancelled")).isFinished()).isTrue();
  }

  @Test
  void retriesUnreachableCluster() throws Exception {
    Step unreachable =
        () -> {
          throw new ClusterException("cannot reach the cluster", true, new Exception());
        };
    follow(() -> phase("Building"), unreachable, unreachable, () -> phase("Succeeded"));

    assertThat(notices.toString()).containsOnlyOnce("cannot reach the cluster; retrying");
  }

  @Test
  void stopsWhenForbidden() {
    assertThatThrownBy(() ->
            follow(
                () -> phase("Building"),
                () -> {
                  throw new ClusterException("you are not allowed to list Pods");
                }))
        .isInstanceOf(ClusterException.class)
        .hasMessage("you are not allowed to list Pods");
  }

  @Test
  void stopsWhenBuildIsDeleted() {
    assertThatThrownBy(() ->
            follow(
                () -> phase("Building"),
                () -> {
                  throw new NotFoundException("no ImageBuild hello in namespace team");
                }))
        .isInstanceOf(NotFoundException.class);
  }
}
