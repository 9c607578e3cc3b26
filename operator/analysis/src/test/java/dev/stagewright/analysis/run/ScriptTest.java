package dev.stagewright.analysis.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Files that begin with {@code #!}, and those that begin with nothing known. */
class ScriptTest {
  private static TestImage script(TestImage base, String firstLine) {
    return base.file("app", TestFile.script(firstLine)).cmd("/app");
  }

  @Test
  void interpreterMustExist() {
    assertThat(script(TestImage.busybox(), "/bin/sh -e").runs()).isTrue();

    var failure = script(TestImage.busybox(), "/bin/bash").failure();
    assertThat(failure.rule()).isEqualTo("MissingInterpreter");
    assertThat(failure.symptom())
        .contains("exit code 255")
        .endsWith("exec /app: no such file or directory");
    assertThat(failure.fix()).contains("apk add").contains("#!/bin/sh");
  }

  @Test
  void envLooksIntoPath() {
    assertThat(script(TestImage.debian(), "/usr/bin/env bash").runs()).isTrue();

    var failure = script(TestImage.busybox(), "/bin/env bash").failure();
    assertThat(failure.symptom())
        .contains("exit code 127")
        .endsWith("env: 'bash': No such file or directory");
  }

  @Test
  void carriageReturnIsPartOfTheName() {
    var failure = script(TestImage.busybox(), "/bin/sh\r").failure();

    assertThat(failure.rule()).isEqualTo("ScriptLineEndings");
    assertThat(failure.symptom()).endsWith("exec /app: no such file or directory");
    assertThat(failure.fix()).contains("eol=lf");

    assertThat(script(TestImage.debian(), "/usr/bin/env bash\r").failure().rule())
        .isEqualTo("ScriptLineEndings");
  }

  @Test
  void interpreterMayBeAScript() {
    assertThat(script(TestImage.busybox().file("run", TestFile.script("/bin/sh")), "/run").runs())
        .isTrue();
  }

  @Test
  void kernelFollowsFiveInterpreters() {
    var image = TestImage.busybox().file("s1", TestFile.script("/bin/sh"));
    for (var i = 2; i <= 6; i++) {
      image.file("s" + i, TestFile.script("/s" + (i - 1)));
    }

    assertThat(image.cmd("/s5").runs()).isTrue();
    assertThat(image.cmd("/s6").failure().symptom())
        .endsWith("exec /s6: too many levels of symbolic links");
  }

  @Test
  void otherFilesHaveTheWrongFormat() {
    var failure =
        TestImage.busybox().file("app", TestFile.text("echo").mode(0755)).cmd("/app").failure();

    assertThat(failure.rule()).isEqualTo("UnknownFormat");
    assertThat(failure.symptom())
        .contains("exit code 255")
        .endsWith("exec /app: exec format error");
  }

  @Test
  void emptyInterpreterIsTheWrongFormat() {
    assertThat(script(TestImage.busybox(), " ").failure().rule()).isEqualTo("UnknownFormat");
  }

  @Test
  void interpreterMustBeExecutable() {
    var failure = script(TestImage.busybox().file("tool", TestFile.text("x")), "/tool").failure();

    assertThat(failure.symptom()).endsWith("exec /app: permission denied");
  }

  @Test
  void pythonNeedsItsFile() {
    var image =
        TestImage.debian()
            .file("usr/bin/python3", TestFile.elf(TestElf.glibcProgram()))
            .workdir("/srv")
            .cmd("python3", "-u", "app.py");

    assertThat(image.failure().rule()).isEqualTo("MissingScript");
    assertThat(image.failure().place().path()).contains("/srv/app.py");
    assertThat(image.file("srv/app.py", TestFile.text("")).runs()).isTrue();
    assertThat(image.cmd("python3", "-m", "app").runs()).isTrue();
  }

  @Test
  void nodeNeedsItsModule() {
    var image =
        TestImage.debian()
            .file("usr/bin/node", TestFile.elf(TestElf.glibcProgram()))
            .cmd("node", "server");

    assertThat(image.failure().symptom()).contains("Error: Cannot find module 'server'");
    assertThat(image.file("server.js", TestFile.text("")).runs()).isTrue();
  }

  @Test
  void javaNeedsItsArchiveAndAVersionThatReadsIt() {
    var image =
        TestImage.debian()
            .file("opt/java/bin/java", TestFile.elf(TestElf.glibcProgram()))
            .file("opt/java/release", TestFile.text("JAVA_VERSION=\"17.0.9\"\n"))
            .file("usr/bin/java", TestFile.link("/opt/java/bin/java"))
            .cmd("java", "-Xmx1g", "-jar", "/app.jar");

    assertThat(image.failure().symptom()).contains("Unable to access jarfile /app.jar");
    assertThat(image.file("app.jar", TestFile.java(61)).runs()).isTrue();
    assertThat(image.file("app.jar", TestFile.java(65)).isUnknown()).isTrue();
    assertThat(image.notes()).containsExactly("JavaVersion");
  }
}
