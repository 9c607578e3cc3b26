package dev.stagewright.analysis.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What a shell executes, as far as the command is simple. */
class ShellFormTest {
  private static final TestFile PROGRAM = TestFile.elf(TestElf.program());

  @Test
  void simpleCommandIsFollowed() {
    assertThat(TestImage.busybox().file("app", PROGRAM).shellForm("/app --port=80").runs())
        .isTrue();

    var failure = TestImage.busybox().shellForm("exec /app --port=80").failure();
    assertThat(failure.rule()).isEqualTo("CommandNotFound");
    assertThat(failure.symptom()).contains("exit code 127").endsWith("sh: /app: not found");
  }

  @Test
  void glibcProgramOnMuslIsNotFoundByTheShellEither() {
    var failure =
        TestImage.alpine()
            .file("app", TestFile.elf(TestElf.glibcProgram()))
            .shellForm("/app")
            .failure();

    assertThat(failure.rule()).isEqualTo("GlibcOnMusl");
    assertThat(failure.symptom()).contains("exit code 127").endsWith("sh: /app: not found");
  }

  @Test
  void commandWithShellSyntaxIsNot() {
    assertThat(TestImage.busybox().shellForm("/gone || echo ok").runs()).isTrue();
    assertThat(TestImage.busybox().shellForm("$APP").runs()).isTrue();
    assertThat(TestImage.busybox().shellForm("A=1 /gone").runs()).isTrue();
  }

  @Test
  void builtInCommandsNeedNoFile() {
    assertThat(TestImage.debian().shellForm("echo hello").runs()).isTrue();
    assertThat(TestImage.busybox().shellForm("httpd -f").isUnknown()).isTrue();
    assertThat(TestImage.debian().shellForm("httpd -f").failure().rule())
        .isEqualTo("CommandNotFound");
  }

  @Test
  void shellExecutesScriptsWithoutFirstLine() {
    var script = TestFile.text("echo ok").mode(0755);

    assertThat(TestImage.busybox().file("app", script).shellForm("/app").runs()).isTrue();
  }

  @Test
  void invalidJsonIsAShellForm() {
    var failure = TestImage.busybox().file("app", PROGRAM).shellForm("['/app']").failure();

    assertThat(failure.rule()).isEqualTo("ExecFormMistake");
    assertThat(failure.fix()).contains("double quotes");
  }

  @Test
  void shellUsesTheRightsOfTheUser() {
    var image = TestImage.busybox().file("app", PROGRAM.mode(0700)).shellForm("/app");

    assertThat(image.runs()).isTrue();
    assertThat(image.user("app").failure().symptom()).contains("exit code 126");
  }

  @Test
  void scriptAsArgumentMustExist() {
    var image = TestImage.busybox().workdir("/srv").cmd("sh", "start.sh");

    assertThat(image.failure().rule()).isEqualTo("MissingScript");
    assertThat(image.file("srv/start.sh", TestFile.text("echo")).runs()).isTrue();
  }

  @Test
  void initsExecuteTheirArguments() {
    var image =
        TestImage.debian().file("sbin/tini", PROGRAM).entrypoint("/sbin/tini", "--", "/app");

    assertThat(image.failure().rule()).isEqualTo("CommandNotFound");
    assertThat(image.file("app", PROGRAM).runs()).isTrue();
  }
}
