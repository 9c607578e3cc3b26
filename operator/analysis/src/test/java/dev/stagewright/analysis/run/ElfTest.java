package dev.stagewright.analysis.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.analysis.elf.ElfFile;
import org.junit.jupiter.api.Test;

/** Programs that the kernel loads or does not load. */
class ElfTest {
  private static TestImage app(TestImage base, TestElf program) {
    return base.file("app", TestFile.elf(program)).cmd("/app");
  }

  @Test
  void staticProgramRunsAnywhere() {
    assertThat(app(TestImage.scratch(), TestElf.program()).runs()).isTrue();
    assertThat(app(TestImage.alpine(), TestElf.program().type(ElfFile.Type.SHARED)).runs())
        .isTrue();
  }

  @Test
  void glibcProgramNeedsGlibc() {
    assertThat(app(TestImage.debian(), TestElf.glibcProgram()).runs()).isTrue();

    var onScratch = app(TestImage.scratch(), TestElf.glibcProgram()).failure();
    assertThat(onScratch.rule()).isEqualTo("MissingInterpreter");
    assertThat(onScratch.symptom()).endsWith("exec /app: no such file or directory");
    assertThat(onScratch.fix()).contains("-static");

    var onAlpine = app(TestImage.alpine(), TestElf.glibcProgram()).failure();
    assertThat(onAlpine.rule()).isEqualTo("GlibcOnMusl");
    assertThat(onAlpine.fix()).contains("-alpine").contains("gcompat");
  }

  @Test
  void fixSpeaksTheLanguageOfTheProgram() {
    assertThat(app(TestImage.scratch(), TestElf.glibcProgram().madeBy("go")).failure().fix())
        .contains("CGO_ENABLED=0");
    assertThat(app(TestImage.scratch(), TestElf.glibcProgram().madeBy("rust")).failure().fix())
        .contains("unknown-linux-musl");
  }

  @Test
  void muslProgramNeedsMusl() {
    assertThat(app(TestImage.alpine(), TestElf.muslProgram()).runs()).isTrue();
    assertThat(app(TestImage.debian(), TestElf.muslProgram()).failure().rule())
        .isEqualTo("MissingInterpreter");
  }

  @Test
  void gcompatMayRunProgramsForGlibc() {
    var image =
        app(TestImage.alpine(), TestElf.glibcProgram())
            .file("lib/libgcompat.so.0", TestFile.elf(TestElf.library("libgcompat.so.0")))
            .file("lib64/ld-linux-x86-64.so.2", TestFile.link("/lib/libgcompat.so.0"));

    assertThat(image.isUnknown()).isTrue();
  }

  @Test
  void linkToMuslMayRunProgramsForGlibc() {
    var image =
        app(TestImage.alpine(), TestElf.glibcProgram())
            .file("lib64/ld-linux-x86-64.so.2", TestFile.link("/lib/ld-musl-x86_64.so.1"));

    assertThat(image.isUnknown()).isTrue();
  }

  @Test
  void machineMustMatchThePlatform() {
    var failure = app(TestImage.scratch(), TestElf.program().arm64()).failure();

    assertThat(failure.rule()).isEqualTo("WrongArchitecture");
    assertThat(failure.message()).contains("arm64").contains("linux/amd64");
    assertThat(failure.symptom()).endsWith("exec /app: exec format error");
    assertThat(app(TestImage.scratch().platform("linux/arm64"), TestElf.program().arm64()).runs())
        .isTrue();
  }

  @Test
  void programsOf32BitsMayRunOn64Bits() {
    assertThat(app(TestImage.scratch(), TestElf.program().i386()).runs()).isTrue();
    assertThat(
            app(TestImage.scratch().platform("linux/arm64"), TestElf.program().arm()).isUnknown())
        .isTrue();
    assertThat(app(TestImage.scratch().platform("linux/arm/v7"), TestElf.program().arm()).runs())
        .isTrue();
  }

  @Test
  void levelOfThePlatformShouldSuffice() {
    assertThat(app(TestImage.scratch(), TestElf.program().level(3)).notes())
        .containsExactly("CpuLevel");
    assertThat(
            app(TestImage.scratch().platform("linux/amd64/v3"), TestElf.program().level(3)).notes())
        .isEmpty();
    assertThat(app(TestImage.scratch(), TestElf.program().level(1)).notes()).isEmpty();
  }

  @Test
  void objectFileIsNotAProgram() {
    assertThat(
            app(TestImage.scratch(), TestElf.program().type(ElfFile.Type.RELOCATABLE))
                .failure()
                .rule())
        .isEqualTo("UnknownFormat");
  }

  @Test
  void interpreterMustBeAnExecutableElfFileOfTheMachine() {
    var image = app(TestImage.scratch(), TestElf.glibcProgram());
    var loader = "lib64/ld-linux-x86-64.so.2";

    assertThat(
            image
                .file(loader, TestFile.elf(TestElf.library("ld.so")).mode(0644))
                .failure()
                .symptom())
        .endsWith("exec /app: permission denied");
    assertThat(
            image.file(loader, TestFile.elf(TestElf.library("ld.so").i386())).failure().symptom())
        .endsWith("exec /app: accessing a corrupted shared library");
    assertThat(image.file(loader, TestFile.text("x").mode(0755)).failure().symptom())
        .endsWith("exec /app: accessing a corrupted shared library");
  }

  @Test
  void staticProgramMayNeedNameServices() {
    assertThat(
            app(TestImage.scratch(), TestElf.program().mentions("glibc.malloc").mentions("libnss_"))
                .notes())
        .containsExactly("StaticNameServices");
  }

  @Test
  void programOfGoReadsTheConfigurationOfNameServicesItself() {
    var program = TestElf.program().mentions("/etc/nsswitch.conf");

    assertThat(app(TestImage.scratch(), program).notes()).isEmpty();
  }

  @Test
  void nameServicesOfTheProgramsOfABaseImageAreNotReported() {
    var shell = TestFile.elf(TestElf.program().mentions("glibc.malloc").mentions("libnss_"));

    assertThat(TestImage.busybox().file("bin/sh", shell).cmd("sh").notes()).isEmpty();
  }

  @Test
  void setuidIsUnusual() {
    assertThat(
            TestImage.scratch()
                .file("app", TestFile.elf(TestElf.program()).mode(04755))
                .cmd("/app")
                .notes())
        .containsExactly("SetuidProgram");
  }
}
