package dev.stagewright.analysis.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.analysis.finding.Confidence;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which file ENTRYPOINT and CMD execute. */
class CommandTest {
  private static final TestFile PROGRAM = TestFile.elf(TestElf.program());

  @Test
  void entrypointPrecedesCmd() {
    assertThat(TestImage.scratch().file("app", PROGRAM).entrypoint("/app").cmd("/x").runs())
        .isTrue();
  }

  @Test
  void emptyEntrypointMeansNone() {
    assertThat(TestImage.scratch().file("app", PROGRAM).entrypoint("").cmd("/app").runs()).isTrue();
  }

  @Test
  void imageWithoutCommandFails() {
    var failure = TestImage.scratch().file("app", PROGRAM).failure();

    assertThat(failure.rule()).isEqualTo("NoCommand");
    assertThat(failure.confidence()).isEqualTo(Confidence.LIKELY);
    assertThat(failure.symptom())
        .startsWith("CreateContainerError: ")
        .endsWith("no command specified");
  }

  @Test
  void imageThatOnlyContainsFilesProbablyNeedsNoCommand() {
    var failure = TestImage.scratch().file("data", TestFile.text("x")).failure();

    assertThat(failure.confidence()).isEqualTo(Confidence.POSSIBLE);
  }

  @Test
  void nameIsLookedUpInPath() {
    var image = TestImage.scratch().file("opt/app", PROGRAM).entrypoint("app");

    assertThat(image.env("PATH=/bin:/opt").runs()).isTrue();
    assertThat(image.env("PATH=/bin").failure().symptom())
        .contains("StartError, exit code 128")
        .endsWith("exec: \"app\": executable file not found in $PATH");
    assertThat(image.failure().fix()).contains("[\"/opt/app\"]");
  }

  @Test
  void containerdSetsPathIfTheImageDoesNot() {
    assertThat(TestImage.scratch().file("usr/bin/app", PROGRAM).cmd("app").runs()).isTrue();
  }

  @Test
  void filesInPathWithoutExecuteBitAreSkipped() {
    assertThat(
            TestImage.scratch()
                .file("usr/bin/app", PROGRAM.mode(0644))
                .file("bin/app", PROGRAM)
                .cmd("app")
                .runs())
        .isTrue();
  }

  @Test
  void workingDirectoryInPathIsNotAccepted() {
    var image = TestImage.scratch().file("app", PROGRAM).env("PATH=").cmd("app");
    assertThat(image.failure().symptom()).endsWith("executable file not found in $PATH");

    assertThat(image.env("PATH=:/bin").failure().symptom())
        .endsWith("cannot run executable found relative to current directory");
  }

  @Test
  void relativePathStartsAtWorkdir() {
    var image = TestImage.scratch().file("srv/app", PROGRAM).cmd("./app");

    assertThat(image.workdir("/srv").runs()).isTrue();
    assertThat(image.workdir("/srv/").runs()).isTrue();
    assertThat(image.workdir("/").failure().symptom())
        .endsWith("exec: \"./app\": stat ./app: no such file or directory");
  }

  @Test
  void runtimeCreatesMissingWorkdir() {
    assertThat(TestImage.scratch().file("app", PROGRAM).cmd("/app").workdir("/not/there").runs())
        .isTrue();
  }

  @Test
  void workdirMustNotBeAFile() {
    var image = TestImage.scratch().file("app", PROGRAM).cmd("/app").workdir("/app");

    assertThat(image.failure().rule()).isEqualTo("InvalidWorkdir");
    assertThat(image.failure().symptom()).endsWith("mkdir /app: not a directory");
  }

  @Test
  void linksAreFollowed() {
    var image = TestImage.scratch().file("usr/app", PROGRAM).cmd("/app");

    assertThat(image.file("app", TestFile.link("usr/app")).runs()).isTrue();
  }

  @Test
  void danglingLinkIsMissing() {
    var failure = TestImage.scratch().file("app", TestFile.link("/gone")).cmd("/app").failure();

    assertThat(failure.symptom()).endsWith("stat /app: no such file or directory");
  }

  @Test
  void directoryIsNotACommand() {
    assertThat(
            TestImage.scratch().file("app", TestFile.directory()).cmd("/app").failure().symptom())
        .endsWith("exec: \"/app\": is a directory");
  }

  @Test
  void pathThroughAFileIsNotADirectory() {
    assertThat(TestImage.scratch().file("app", PROGRAM).cmd("/app/x").failure().symptom())
        .endsWith("stat /app/x: not a directory");
  }

  @Test
  void fileNeedsAnExecuteBitAlsoForRoot() {
    var failure = TestImage.scratch().file("app", PROGRAM.mode(0644)).cmd("/app").failure();

    assertThat(failure.rule()).isEqualTo("NotExecutable");
    assertThat(failure.symptom()).endsWith("exec: \"/app\": permission denied");
    assertThat(failure.fix()).contains("COPY --chmod=755");
    assertThat(failure.place().path()).contains("/app");
    assertThat(failure.place().layer()).contains(0);
  }

  @Test
  void oneTextWithArgumentsIsNotAnExecForm() {
    var failure = TestImage.scratch().file("app", PROGRAM).entrypoint("/app --port 80").failure();

    assertThat(failure.rule()).isEqualTo("ExecFormMistake");
    assertThat(failure.symptom()).endsWith("stat /app --port 80: no such file or directory");
    assertThat(failure.fix()).contains("[\"/app\", \"--port\", \"80\"]");
  }

  @Test
  void shellFormNeedsAShell() {
    var failure = TestImage.scratch().file("app", PROGRAM).shellForm("/app --port 80").failure();

    assertThat(failure.rule()).isEqualTo("NoShell");
    assertThat(failure.symptom()).endsWith("stat /bin/sh: no such file or directory");
    assertThat(failure.fix()).contains("ENTRYPOINT [\"/app\"]");
  }

  @Test
  void shellFormOfAnotherShell() {
    var image =
        TestImage.debian()
            .config(it -> it.withShell(List.of("/bin/zsh", "-c")))
            .cmd("/bin/zsh", "-c", "echo");

    assertThat(image.failure().rule()).isEqualTo("NoShell");
  }

  @Test
  void fileSystemsOfTheKernelAreNotInTheImage() {
    assertThat(TestImage.scratch().cmd("/proc/self/exe").isUnknown()).isTrue();
  }

  @Test
  void incompleteLayersLeaveItOpen() {
    assertThat(TestImage.scratch().cmd("/app").incomplete().isUnknown()).isTrue();
  }
}
