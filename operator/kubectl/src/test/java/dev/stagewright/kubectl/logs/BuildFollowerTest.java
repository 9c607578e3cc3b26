package dev.stagewright.kubectl.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stagewright.kubectl.cluster.BuildPod;
import dev.stagewright.kubectl.cluster.BuildPod.Progress;
import dev.stagewright.kubectl.cluster.ClusterException;
import dev.stagewright.kubectl.cluster.NotFoundException;
import dev.stagewright.kubectl.cluster.Snapshot;
import dev.stagewright.kubectl.support.Builds;
import dev.stagewright.kubectl.terminal.Ink;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each look finds the next snapshot of a script. */
@Timeout(20)
class BuildFollowerTest {
  private static final String STAGES =
      """
      stages:
      - {id: s0, name: left, base: scratch, phase: Running}
      - {id: s1, name: right, base: scratch, phase: Running}
      """;

  private final FakeLogs logs = new FakeLogs();
  private final StringWriter out = new StringWriter();
  private final StringWriter notices = new StringWriter();
  private LogWish wish = new LogWish(Optional.empty(), false);

  /** What happens before a look, and what it finds. */
  private interface Moment {
    Snapshot come() throws ClusterException, NotFoundException;
  }

  private Snapshot follow(Moment... script)
      throws ClusterException, NotFoundException, InterruptedException {
    var moments = List.of(script).iterator();
    return new BuildFollower(
            () -> moments.next().come(),
            logs,
            logs,
            new LogPrinter(new PrintWriter(out), new PrintWriter(notices), new Ink(false), false),
            wish,
            new BuildFollower.Pace(Duration.ofMillis(20), Duration.ofMillis(300)))
        .follow();
  }

  private static Snapshot phase(String phase, BuildPod... pods) {
    var stages = phase.equals("Preparing") ? "" : STAGES;
    return new Snapshot(Builds.hello("phase: " + phase + "\n" + stages), List.of(pods));
  }

  private static BuildPod pod(String part, Progress progress) {
    return new BuildPod(part, part, 1, progress);
  }

  private static BuildPod running(String part) {
    return pod(part, Progress.RUNNING);
  }

  private static BuildPod over(String part) {
    return pod(part, Progress.OVER);
  }

  private List<String> told() {
    return out.toString().lines().map(line -> line.replaceAll(" +", " ")).toList();
  }

  private List<String> told(String speaker) {
    return told().stream().filter(line -> line.startsWith("[" + speaker + "]")).toList();
  }

  @Test
  void tellsEachStageInOrderBetweenPrepareAndPush() throws Exception {
    follow(
        () -> {
          logs.say("prepare", "fetching");
          return phase("Preparing", running("prepare"));
        },
        () -> {
          logs.say("prepare", "planned").end("prepare");
          logs.say("s0", "[left 1/1] RUN a", "a1").say("s1", "b1");
          return phase("Building", over("prepare"), running("s0"), running("s1"));
        },
        () -> {
          logs.say("s1", "b2").say("s0", "a2");
          return phase("Building", over("prepare"), running("s0"), running("s1"));
        },
        () -> {
          logs.say("s1", "b3").end("s0", "s1").say("push", "pushed");
          return phase("Pushing", over("prepare"), over("s0"), over("s1"), running("push"));
        },
        () -> {
          logs.end("push");
          return phase("Succeeded", over("prepare"), over("s0"), over("s1"), over("push"));
        });

    assertThat(told("left")).containsExactly("[left] 1/1 RUN a", "[left] a1", "[left] a2");
    assertThat(told("right")).containsExactly("[right] b1", "[right] b2", "[right] b3");
    assertThat(told()).startsWith("[prepare] fetching", "[prepare] planned");
    assertThat(told()).endsWith("[push] pushed").hasSize(9);
  }

  @Test
  void tellsABuildThatIsOverInTheOrderOfTheDockerfile() throws Exception {
    logs.say("s1", "b").say("s0", "a1", "a2").say("prepare", "p").say("push", "q");
    logs.end("prepare", "s0", "s1", "push");

    follow(() -> phase("Succeeded", over("push"), over("s1"), over("s0"), over("prepare")));

    assertThat(told())
        .containsExactly("[prepare] p", "[left] a1", "[left] a2", "[right] b", "[push] q");
  }

  @Test
  void waitsForPodsThatComeLater() throws Exception {
    follow(
        () -> phase("Building"),
        () -> phase("Building", pod("s0", Progress.WAITING)),
        () -> {
          logs.say("s0", "a");
          return phase("Building", running("s0"));
        },
        () -> {
          logs.end("s0");
          return phase("Succeeded", over("s0"));
        });

    assertThat(told()).containsExactly("[left] a");
  }

  @Test
  void goesOnWithTheNextAttemptOfAStageWhosePodWasLost() throws Exception {
    var second = new BuildPod("s0-2", "s0", 2, Progress.RUNNING);
    follow(
        () -> {
          logs.say("s0", "a1");
          return phase("Building", running("s0"));
        },
        () -> {
          logs.remove("s0").say("s0-2", "a1 again");
          return phase("Building", second);
        },
        () -> {
          logs.end("s0-2");
          return phase("Succeeded", second);
        });

    assertThat(told()).containsExactly("[left] a1", "[left] a1 again");
    assertThat(notices.toString()).contains("[left]    attempt 2, Pod s0-2");
  }

  @Test
  void aStreamFromANodeThatIsGoneHoldsNothingUpForLong() throws Exception {
    var second = new BuildPod("s0-2", "s0", 2, Progress.OVER);
    follow(
        () -> {
          logs.say("s0", "a1").hang("s0");
          return phase("Building", running("s0"));
        },
        () -> {
          logs.say("s0-2", "a1 again").end("s0-2");
          return phase("Building", running("s0"), second);
        },
        () -> phase("Succeeded", running("s0"), second));

    assertThat(told()).containsExactly("[left] a1", "[left] a1 again");
  }

  @Test
  void attemptsThatWereOverBeforeAnybodyLookedAreLeftOut() throws Exception {
    var second = new BuildPod("s0-2", "s0", 2, Progress.OVER);
    logs.say("s0", "a1").say("s0-2", "a2").end("s0", "s0-2");

    follow(() -> phase("Failed", over("s0"), second));

    assertThat(told()).containsExactly("[left] a2");
  }

  @Test
  void tellsOneStageWhereOnlyThatIsWanted() throws Exception {
    wish = new LogWish(Optional.of("right"), false);
    logs.say("s0", "a").say("s1", "b").end("s0", "s1");

    follow(() -> phase("Succeeded", over("s0"), over("s1")));

    assertThat(told()).containsExactly("[right] b");
  }

  @Test
  void givesTheBuildAsItWasAtItsEnd() throws Exception {
    assertThat(follow(() -> phase("Building"), () -> phase("Cancelled")).isOver()).isTrue();
  }

  @Test
  void aClusterThatDoesNotAnswerForAWhileIsAskedAgain() throws Exception {
    Moment silence =
        () -> {
          throw new ClusterException("cannot reach the cluster", true, new Exception());
        };
    follow(() -> phase("Building"), silence, silence, () -> phase("Succeeded"));

    assertThat(notices.toString()).containsOnlyOnce("cannot reach the cluster; trying again");
  }

  @Test
  void endsWhereTheUserMayNotLook() {
    assertThatThrownBy(() ->
            follow(
                () -> phase("Building"),
                () -> {
                  throw new ClusterException("you may not list Pods");
                }))
        .isInstanceOf(ClusterException.class)
        .hasMessage("you may not list Pods");
  }

  @Test
  void endsWithABuildThatIsDeleted() {
    assertThatThrownBy(() ->
            follow(
                () -> phase("Building"),
                () -> {
                  throw new NotFoundException("no ImageBuild hello in namespace team");
                }))
        .isInstanceOf(NotFoundException.class);
  }
}
