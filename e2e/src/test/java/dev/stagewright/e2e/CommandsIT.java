package dev.stagewright.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The commands that wait for builds, cancel, retry, and debug them. */
@ExtendWith(StagewrightExtension.class)
class CommandsIT {
  @TempDir private Path folder;

  @Test
  void waitEndsWithTheResult(TestNamespace namespace) throws IOException {
    var stagewright = CommandLine.install(namespace, folder);
    var halfway = namespace.latch("halfway");
    namespace.inline("good", "FROM busybox\nRUN " + halfway.command() + "\n", Map.of());
    assertThat(stagewright.run("wait", "good", "--for", "phase=Building").output())
        .isEqualTo("good is Building\n");
    assertThat(stagewright.run("wait", "good", "--timeout", "0s"))
        .isEqualTo(new Shell.Result(4, "good is still Building after 0s\n"));
    var waiting = stagewright.start("wait", "good", "-o", "image");
    halfway.release();
    var image = waiting.await();

    assertThat(image.exitCode()).as(image.output()).isZero();
    assertThat(image.output().strip()).matches(".*/" + namespace.name() + ".*@sha256:[0-9a-f]{64}");

    namespace.inline("bad", "FROM busybox\nRUN exit 3\n", Map.of());
    var bad = stagewright.run("wait", "bad");
    assertThat(bad.exitCode()).isEqualTo(1);
    assertThat(bad.output()).startsWith("bad: Failed after ").contains("RunFailed");
    assertThat(stagewright.run("wait", "missing").exitCode()).isEqualTo(3);
  }

  @Test
  void cancelStopsARun(TestNamespace namespace) {
    var stagewright = CommandLine.install(namespace, folder);
    var latch = namespace.latch("never");
    var build = namespace.inline("stop", "FROM busybox\nRUN " + latch.command() + "\n", Map.of());
    latch.awaitArrival();

    assertThat(stagewright.run("cancel", "stop"))
        .isEqualTo(new Shell.Result(0, "cancelled run 1 of stop\n"));
    assertThat(build.phase()).isEqualTo("Cancelled");
    assertThat(stagewright.run("cancel", "stop"))
        .isEqualTo(new Shell.Result(0, "run 1 of stop has already ended: Cancelled\n"));
    latch.release();
  }

  @Test
  void retryStartsAnotherRunAndFollowsIt(TestNamespace namespace) {
    var stagewright = CommandLine.install(namespace, folder);
    var latch = namespace.latch("go");
    var build = namespace.inline("again", "FROM busybox\nRUN " + latch.command() + "\n", Map.of());
    latch.awaitArrival();
    assertThat(stagewright.run("retry", "again"))
        .isEqualTo(
            new Shell.Result(
                1,
                "run 1 of again is Building; wait for it, or stop it with stagewright cancel"
                    + " again\n"));
    latch.release();
    build.awaitSuccess();
    var retried = stagewright.run("retry", "again", "--follow", "--progress", "plain");

    assertThat(retried.exitCode()).as(retried.output()).isZero();
    assertThat(retried.output())
        .contains("[prepare] read the source and the Dockerfile\n", "[publish] push ", " DONE ")
        .containsPattern("again: (pushed|unchanged) .*@sha256:");
    assertThat(build.text("run")).isEqualTo("2");
  }

  @Test
  void debugOpensAShellInAStageThatRuns(TestNamespace namespace) {
    var stagewright = CommandLine.install(namespace, folder);
    var latch = namespace.latch("go");
    namespace.inline(
        "running", "FROM busybox\nRUN echo kept > /made; " + latch.command() + "\n", Map.of());
    latch.awaitArrival();
    var shell = stagewright.run("debug", "running", "-c", "cat /made; exit 7");
    latch.release();

    assertThat(shell.output()).contains("stage 0 runs in Pod ", "kept");
    assertThat(shell.exitCode()).isEqualTo(7);
  }

  @Test
  void debugStopsBeforeTheInstructionThatFailed(TestNamespace namespace) {
    var stagewright = CommandLine.install(namespace, folder);
    namespace
        .build(
            "failed",
            """
            source:
              inline:
                dockerfile: |
                  FROM busybox
                  ENV GREETING=hello
                  WORKDIR /work
                  RUN echo first > made
                  RUN cat missing
            workspace: {reclaim: WithBuild}
            """)
        .awaitEnd();
    var shell =
        stagewright.run("debug", "failed", "-c", "echo $GREETING; pwd; cat made; ls missing");

    // The error of ls is printed anywhere between the lines.
    assertThat(shell.output())
        .contains("up to line 5: RUN cat missing", "hello\n/work\n", "first\n");
    assertThat(shell.exitCode()).isEqualTo(1);
    assertThat(namespace.pods()).noneMatch(pod -> pod.getMetadata().getName().contains("-debug-"));
  }

  @Test
  void debugSaysWhyAnImageCannotStart(TestNamespace namespace) {
    var stagewright = CommandLine.install(namespace, folder);
    namespace.inline("image", "FROM busybox\nRUN exit 1\n", Map.of()).awaitEnd();
    var shell =
        stagewright.run("debug", "image", "--image", namespace.image("x"), "--timeout", "1m");
    assertThat(shell.exitCode()).isEqualTo(3);
    assertThat(shell.output()).contains("cannot start");
  }

  @Test
  void versionShowsTheInstallation(TestNamespace namespace) {
    var stagewright = CommandLine.install(namespace, folder);
    var version = stagewright.run("version");

    assertThat(version.exitCode()).as(version.output()).isZero();
    assertThat(version.output()).contains("client    ", "crd       ", "operator  ");
  }
}
