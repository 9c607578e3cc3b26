package dev.stagewright.kubectl.progress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.api.v1alpha1.ImageBuild;
import dev.stagewright.kubectl.support.TestBuilds;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The lines that a terminal shows. */
class FrameLayoutTest {
  private final ManualClock clock = new ManualClock();
  private final ProgressTracker tracker = new ProgressTracker(clock);
  private final ProgressFrame frame = new ProgressFrame();

  /** A display that only keeps the frame. */
  private final ProgressDisplay display =
      new ProgressDisplay() {
        @Override
        public void show(ImageBuild build) {
          apply(tracker.show(build));
        }

        @Override
        public void log(String task, String line) {
          apply(tracker.log(task, line));
        }

        @Override
        public void upload(long sent, OptionalLong total) {
          apply(tracker.upload(sent, total));
        }

        @Override
        public void close() {}
      };

  private void apply(List<ProgressEvent> events) {
    events.forEach(event -> frame.apply(event, tracker.elapsed()));
  }

  private String lines(int columns, int rows) {
    return new FrameLayout(rows, true)
        .lines(frame, tracker.elapsed()).stream()
            .map(line -> line.text(columns) + "\n")
            .collect(Collectors.joining());
  }

  private void play(int states) {
    Recording.success().stream()
        .limit(states)
        .forEach(state -> {
          state.accept(display);
          clock.advance("0.5S");
        });
  }

  @Test
  void showsABarForTheUpload() {
    play(1);

    assertThat(lines(80, 20))
        .isEqualTo(
            """
            [+] Waiting 0.5s
             => [context] upload of the build context 2.0 MB of 8… █████░░░░░░░░░░░░░░░ 0.5s
            """);
  }

  @Test
  void showsALineForEachStageAndTheLogBelow() {
    play(4);

    assertThat(lines(60, 20))
        .isEqualTo(
            """
            [+] hello Building 2.0s (1/2)
             => [context] upload of the build context 8.0 MB of 8.… 0.5s
             => [prepare] read the source and the Dockerfile        0.5s
             => [publish] push registry.example.com/team/hello:1.0  1.5s
             => => registry.example.com/team/hello accepts pushes
             => CACHED [assets] 4 steps                             0.0s
             => [builder 3/3] RUN go build                          0.5s
             => => go: downloading 例え v1.0.0
            """);
  }

  @Test
  void showsTheEnd() {
    play(6);

    assertThat(lines(60, 20))
        .isEqualTo(
            """
            [+] hello Succeeded 2.5s (2/2)
             => [context] upload of the build context 8.0 MB of 8.… 0.5s
             => [prepare] read the source and the Dockerfile        0.5s
             => [publish] push registry.example.com/team/hello:1.0… 2.0s
             => CACHED [assets] 4 steps                             0.0s
             => [builder 3/3] RUN go build                          0.5s
            """);
  }

  @Test
  void showsWhyAStageWaits() {
    display.show(
        TestBuilds.hello(
            """
            phase: Building
            stages:
              - {id: s0, name: b, base: x, phase: Pending, reason: ImagePullBackOff, message: not found}
            """));

    assertThat(lines(80, 20)).contains(" => [b] pending: ImagePullBackOff: not found\n");
  }

  @Test
  void showsFewerLogLinesInAFewRows() {
    display.show(
        TestBuilds.hello(
            """
            phase: Building
            stages: [{id: s0, name: b, base: x, phase: Running, step: 2/2 RUN make}]
            """));
    IntStream.range(0, 9).forEach(i -> display.log("s0", "line " + i));

    assertThat(lines(80, 20)).contains("line 3").doesNotContain("line 2");
    assertThat(lines(80, 5)).contains("line 7", "line 8").doesNotContain("line 6").hasLineCount(5);
  }

  @Test
  void leavesOutStagesThatHaveEnded() {
    var stages =
        IntStream.range(0, 10)
            .mapToObj(i ->
                "  - {id: s%1$d, name: n%1$d, base: x, phase: %2$s, step: 1/1 FROM x}\n"
                    .formatted(i, i < 8 ? "Succeeded" : "Running"))
            .collect(Collectors.joining());
    display.show(TestBuilds.hello("phase: Building\nstages:\n" + stages));

    assertThat(lines(80, 7))
        .contains(" => 7 more\n", "[n8 1/1]", "[n9 1/1]")
        .doesNotContain("[n0 ");
    assertThat(lines(80, 4).lines()).hasSize(4);
  }
}
