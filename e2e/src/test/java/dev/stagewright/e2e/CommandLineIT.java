package dev.stagewright.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The command line, installed as a kubectl plugin. */
@ExtendWith(StagewrightExtension.class)
class CommandLineIT {
  @TempDir private Path folder;

  @Test
  void followsParallelStages(TestNamespace namespace) throws IOException {
    var stagewright = CommandLine.install(namespace, folder);
    var halfway = namespace.latch("halfway");
    var countTo40 =
        "for i in $(seq 20); do echo line $i; done; %s; for i in $(seq 21 40); do echo line $i; done"
            .formatted(halfway.command());
    namespace.inline(
        "both",
        """
        FROM busybox AS left
        RUN %1$s; echo 1 > /left
        FROM busybox AS right
        RUN %1$s; echo 1 > /right
        FROM busybox
        COPY --from=left /left /
        COPY --from=right /right /
        """
            .formatted(countTo40),
        Map.of());
    var following = stagewright.start("logs", "both", "-f");
    following.awaitOutput("\\[left] +line 20\n");
    following.awaitOutput("\\[right] +line 20\n");
    halfway.release();
    var logs = following.await();

    assertThat(logs.exitCode()).as(logs.output()).isZero();
    var counted = IntStream.rangeClosed(1, 40).mapToObj(i -> "line " + i).toList();
    for (var stage : List.of("left", "right")) {
      assertThat(linesOf(logs, stage).filter(line -> line.startsWith("line")))
          .as(stage)
          .containsExactlyElementsOf(counted);
      assertThat(linesOf(logs, stage)).first().asString().startsWith("1/2 FROM busybox");
    }
    assertThat(linesOf(logs, "2")).contains("2/3 COPY --from=left /left /");
    assertThat(logs.output().lines().toList().getLast())
        .startsWith("both: pushed " + namespace.image("both") + "@sha256:");

    var chart = stagewright.run("get", "both");
    assertThat(chart.exitCode()).isZero();
    assertThat(chart.output())
        .contains("both  Succeeded after ", "├─ left ", "├─ right ", "└─ 2 ← left, right ")
        .containsPattern("critical path  prepare .* → (left|right|2) .* → publish ");
    assertThat(stagewright.run("get").output()).containsPattern("both +Succeeded +3/3 ");
  }

  @Test
  void exitsWithResultOfBuild(TestNamespace namespace) {
    var stagewright = CommandLine.install(namespace, folder);
    namespace.inline(
        "failing", "FROM busybox AS broken\nRUN echo no rule to make it && exit 2\n", Map.of());
    var logs = stagewright.run("logs", "failing", "-f");

    assertThat(logs.exitCode()).as(logs.output()).isEqualTo(1);
    assertThat(linesOf(logs, "broken")).contains("no rule to make it");
    assertThat(logs.output().lines().toList().getLast())
        .startsWith("failing: Failed after ")
        .contains("RunFailed, stage broken, line 2: ");
    assertThat(stagewright.run("get", "failing").output())
        .contains("RunFailed in stage broken, line 2: ", "│ no rule to make it");

    assertThat(stagewright.run("logs", "failing", "--stage", "broken").exitCode()).isZero();
    assertThat(stagewright.run("logs", "failing", "--stage", "other"))
        .isEqualTo(
            new Shell.Result(
                3, "ImageBuild failing has no stage other; it has prepare, broken, publish\n"));
    assertThat(stagewright.run("logs", "missing", "-f"))
        .isEqualTo(
            new Shell.Result(3, "no ImageBuild missing in namespace " + namespace.name() + "\n"));
  }

  /** The log lines of a stage, without the prefix. */
  private static Stream<String> linesOf(Shell.Result logs, String stage) {
    var prefix = "[" + stage + "]";
    return logs.output()
        .lines()
        .filter(line -> line.startsWith(prefix))
        .map(line -> line.substring(prefix.length()).strip());
  }
}
