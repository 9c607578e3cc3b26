package dev.stagewright.stage;

import static dev.stagewright.stage.TestStage.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stagewright.protocol.SandboxKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What publish sees on the workspace of a stage that has failed. */
class FailureMarkerTest {
  @TempDir Path folder;
  private final List<String> log = new ArrayList<>();

  private FailureMarker marker(Path own) {
    return new FailureMarker(() -> own, log::add);
  }

  @NeedsRoot
  @ParameterizedTest
  @EnumSource(SandboxKind.class)
  void failedStageLeavesAnEmptyFile(SandboxKind sandbox) throws IOException {
    var root = TestRoot.create(Files.createDirectory(folder.resolve("root")));
    var build = new TestStage(folder.resolve("workspace"), sandbox);
    var step = sandbox == SandboxKind.DIRECTORY ? TestStage.copy("/", "missing") : run("exit 3");
    build.stage("s0", TestStage.BASE, List.of(), true, step);

    assertThat(build.run("s0", root.path())).isNotZero();

    assertThat(build.folder("s0").resolve("failed")).isEmptyFile();
  }

  @NeedsRoot
  @Test
  void stageThatSucceedsAfterAFailureLeavesNone() throws IOException {
    var root = TestRoot.create(Files.createDirectory(folder.resolve("root")));
    var build = new TestStage(folder.resolve("workspace"));
    build.stage("s0", TestStage.BASE, List.of(), true, run("test -e /go"));
    assertThat(build.run("s0", root.path())).isNotZero();

    root.write("go", "");
    assertThat(build.run("s0", root.path())).as(build.log()).isZero();

    assertThat(build.folder("s0").resolve("failed")).doesNotExist();
  }

  @Test
  void stageWithoutAPlanHasFailed() {
    var code =
        StageMain.run(
            new StageLog(java.io.OutputStream.nullOutputStream()),
            "s0",
            "--plan",
            folder.resolve("missing").toString(),
            "--own",
            folder.resolve("own").toString(),
            "--termination-log",
            folder.resolve("termination").toString());

    assertThat(code).isNotZero();
    assertThat(folder.resolve("own/failed")).isEmptyFile();
  }

  @Test
  void failureOfTheStageIsThatOfTheInstruction() throws IOException {
    var own = Files.createFile(folder.resolve("not-a-directory"));

    assertThatThrownBy(() ->
            marker(own)
                .mark(() -> {
                  throw new IOException("of the instruction");
                }))
        .hasMessage("of the instruction");
    assertThat(log).last().asString().contains("cannot be noted on the workspace");
  }

  @Test
  void stageThatWasStoppedHasNotFailed() {
    assertThatThrownBy(() ->
            marker(folder)
                .mark(() -> {
                  Thread.currentThread().interrupt();
                  throw new IOException("interrupted");
                }))
        .isInstanceOf(IOException.class);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(folder.resolve("failed")).doesNotExist();
  }

  @Test
  void stageThatAnotherPodHasCompletedHasNotFailed() throws IOException {
    Files.createFile(folder.resolve("result.json"));

    assertThatThrownBy(() ->
            marker(folder)
                .mark(() -> {
                  throw new IOException("too late");
                }))
        .isInstanceOf(IOException.class);

    assertThat(folder.resolve("failed")).doesNotExist();
  }
}
