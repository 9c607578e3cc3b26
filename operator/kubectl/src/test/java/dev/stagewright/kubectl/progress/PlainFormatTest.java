package dev.stagewright.kubectl.progress;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.kubectl.support.TestBuilds;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** The lines of {@code --progress plain}. */
class PlainFormatTest {
  private final ManualClock clock = new ManualClock();
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private final ProgressDisplay display =
      new FormattedDisplay(new PlainFormat(), new PrintStream(output, true, UTF_8), clock);

  private String output() {
    return output.toString(UTF_8);
  }

  private void show(String status) {
    display.show(TestBuilds.hello(status));
  }

  @Test
  void showsEachStepWithItsLogAndItsEnd() {
    for (var state : Recording.success()) {
      state.accept(display);
      clock.advance("0.5S");
    }

    assertThat(output())
        .isEqualTo(
            """
            #1 [context] upload of the build context

            #2 [prepare] read the source and the Dockerfile

            #1 [context] upload of the build context
            #1 0.500 sent 8.0 MB of 8.0 MB
            #1 DONE 0.5s
            #2 [prepare] read the source and the Dockerfile
            #2 0.000 context: 12 files, 8 MB

            #3 [publish] push registry.example.com/team/hello:1.0
            #3 0.000 registry.example.com/team/hello accepts pushes

            #2 [prepare] read the source and the Dockerfile
            #2 DONE 0.5s
            #4 [assets] 4 steps
            #4 CACHED
            #5 [builder 1/3] FROM golang
            #5 DONE 0.0s
            #6 [builder 2/3] COPY . .
            #6 DONE 0.0s
            #7 [builder 3/3] RUN go build
            #7 0.000 go: downloading 例え v1.0.0
            #7 DONE 0.5s
            #3 [publish] push registry.example.com/team/hello:1.0
            #3 1.500 layer of step 3/3 of builder: uploaded
            #3 DONE 2.0s
            """);
  }

  @Test
  void showsNoStepTwiceIfTheLogIsReadAfterTheStatus() {
    show(Recording.building("Running", "step: 2/3 COPY . ."));
    display.log("s0", "[builder 1/3] FROM golang");
    display.log("s0", "[builder 2/3] COPY . .");
    display.log("s0", "[builder 3/3] RUN go build");

    assertThat(output().lines().filter(line -> line.contains("[builder ")).distinct())
        .containsExactly("#2 [builder 2/3] COPY . .", "#4 [builder 3/3] RUN go build");
  }

  @Test
  void leavesTheNoticeThatTheSourceIsMissingToTheLog() {
    show(
        """
        phase: Preparing
        run: 1
        conditions:
          - {type: Ready, status: Unknown, reason: WaitingForSource, message: waits for a client, \
        lastTransitionTime: '2026-01-01T12:00:00Z'}
        """);

    assertThat(output()).doesNotContain("waits for a client");
  }

  @Test
  void endsWithTheFailuresAndTheLogOfTheStep() {
    show(Recording.building("Running", "step: 2/3 RUN make"));
    clock.advance("3S");
    show(
        Recording.building("Failed", "step: 2/3 RUN make, reason: RunFailed, message: exit code 2")
                .replace("phase: Building", "phase: Failed")
            + """
            failure:
              reason: RunFailed
              stage: builder
              instruction: RUN make
              file: Dockerfile
              line: 7
              message: the command failed with exit code 2
              logTail: ['make: *** No rule', "make: \\e[2Jstop"]
            """);
    display.close();

    assertThat(output())
        .endsWith(
            """
            #2 [builder 2/3] RUN make
            #2 ERROR: exit code 2
            ------
             > [builder] RUN make:
            make: *** No rule
            make: stop
            ------
            ERROR: RunFailed in stage builder, Dockerfile:7: the command failed with exit code 2
            """);
  }

  @Test
  void listsAllStagesThatFailed() {
    show(
        """
        phase: Failed
        stages:
          - {id: s0, name: one, base: b, phase: Failed, reason: RunFailed, message: exit code 1}
          - {id: s1, name: two, base: b, phase: Failed, reason: OutOfMemory, message: no memory}
          - {id: s2, name: three, base: b, phase: Cancelled}
        failure: {reason: RunFailed, stage: one, message: exit code 1}
        """);

    assertThat(output())
        .contains("ERROR: OutOfMemory in stage two: no memory\n")
        .endsWith("ERROR: RunFailed in stage one: exit code 1\n");
  }

  @Test
  void repeatsTheTitleAfterLinesOfAnotherStage() {
    show(
        """
        phase: Building
        stages:
          - {id: s0, name: one, base: b, phase: Running, step: 1/2 FROM b}
          - {id: s1, name: two, base: b, phase: Running, step: 1/2 FROM b}
        """);
    output.reset();
    display.log("one", "a");
    display.log("two", "b");
    display.log("two", "c");
    display.log("s0", "d");

    assertThat(output())
        .isEqualTo(
            """

            #2 [one 1/2] FROM b
            #2 0.000 a

            #3 [two 1/2] FROM b
            #3 0.000 b
            #3 0.000 c

            #2 [one 1/2] FROM b
            #2 0.000 d
            """);
  }

  @Test
  void attributesLinesOfASharedPodToTheStageOfTheLatestStep() {
    show(
        """
        phase: Building
        stages:
          - {id: s0, name: base, base: b, phase: Running, step: 1/2 FROM b}
          - {id: s1, name: app, base: base, phase: Waiting, sharesPodOf: base}
        """);
    display.log("s0", "[base 2/2] RUN one");
    display.log("s0", "[app 2/2] RUN two");
    display.log("s0", "hello");

    assertThat(output())
        .contains("[app 2/2] RUN two\n")
        .endsWith("[app 2/2] RUN two\n#4 0.000 hello\n");
  }

  @Test
  void attributesLinesOfStagesInTheWorkerPod() {
    show(
        """
        phase: Building
        stages: [{id: s0, name: final, base: scratch, phase: Running, runsIn: Worker}]
        """);
    display.log("publish", "[final 2/2] COPY --from=x / /");
    display.log("publish", "[final] copied");

    assertThat(output()).endsWith("#2 [final 2/2] COPY --from=x / /\n#2 0.000 copied\n");
  }

  @Test
  void startsAStepAgainInTheNextPod() {
    var status =
        "phase: Building\nattempts: {s0: %d}\nstages: [{id: s0, name: b, base: x, phase: %s}]";
    show(status.formatted(1, "Running"));
    display.log("s0", "[b 2/2] RUN make");
    show(status.formatted(2, "Pending"));
    display.log("s0", "[b 2/2] RUN make");

    assertThat(output())
        .contains("CANCELED: the Pod was replaced\n")
        .endsWith("#3 [b 2/2] RUN make\n");
  }

  @Test
  void showsWhyTheBuildWaits() {
    show(
        "phase: Queued\nconditions: [{type: Ready, status: Unknown, reason: Queued, message: 'position 3', lastTransitionTime: '2026-01-01T12:00:00Z'}]");
    display.log("", "cannot reach the cluster; retrying");

    assertThat(output()).isEqualTo("queued: position 3\ncannot reach the cluster; retrying\n");
  }

  @Test
  void doesNotShowFramesForTheOperator() {
    display.log("prepare", "stagewright-plan sha256:1 abc");

    assertThat(output()).isEmpty();
  }

  @Test
  void showsAnUploadOnceASecond() {
    for (int i = 0; i < 25; i++) {
      display.upload(i * 1000L, OptionalLong.empty());
      clock.advance("0.1S");
    }

    assertThat(output())
        .isEqualTo(
            """
            #1 [context] upload of the build context
            #1 1.000 sent 10 kB
            #1 2.000 sent 20 kB
            """);
  }

  @Test
  void ignoresAnEarlierRunOfTheBuild() {
    var build = TestBuilds.hello("phase: Failed\nfailure: {reason: RunFailed, message: old}");
    build.getMetadata().setGeneration(2L);
    display.show(build);

    assertThat(output()).isEqualTo("waiting for an operator to start the build\n");
  }

  @Test
  void showsTheNextRunWhenItReplacesThisOne() {
    show(
        "phase: Building\nrun: 1\nstages: [{id: s0, name: b, base: x, phase: Running, step: 1/2 FROM x}]");
    show("phase: Preparing\nrun: 2");

    assertThat(output())
        .contains("#2 CANCELED: another run has started\n")
        .endsWith("#3 [prepare] read the source and the Dockerfile\n");
  }
}
