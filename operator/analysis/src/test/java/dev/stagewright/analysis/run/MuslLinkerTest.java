package dev.stagewright.analysis.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Where the linker of musl finds libraries. */
class MuslLinkerTest {
  private static final TestFile LIBRARY = TestFile.elf(TestElf.library("libx.so.1"));

  private static TestImage app(TestElf program) {
    return TestImage.alpine().file("opt/app", TestFile.elf(program)).cmd("/opt/app");
  }

  private static TestElf needsLibrary() {
    return TestElf.muslProgram().needs("libx.so.1");
  }

  @Test
  void missingLibraryIsNamed() {
    assertThat(app(needsLibrary()).failure().symptom())
        .contains("exit code 127")
        .endsWith(
            "Error loading shared library libx.so.1: No such file or directory (needed by"
                + " /opt/app)");
  }

  @Test
  void defaultFolders() {
    for (var folder : new String[] {"lib", "usr/local/lib", "usr/lib"}) {
      assertThat(app(needsLibrary()).file(folder + "/libx.so.1", LIBRARY).runs()).isTrue();
    }
    assertThat(app(needsLibrary()).file("lib64/libx.so.1", LIBRARY).failure().rule())
        .isEqualTo("MissingLibrary");
  }

  @Test
  void pathFileReplacesThem() {
    var image =
        app(needsLibrary()).file("etc/ld-musl-x86_64.path", TestFile.text("/lib\n/srv/lib\n"));

    assertThat(image.file("usr/lib/libx.so.1", LIBRARY).failure().rule())
        .isEqualTo("MissingLibrary");
    assertThat(image.file("srv/lib/libx.so.1", LIBRARY).runs()).isTrue();
  }

  @Test
  void librariesOfTheStandardArePartOfLibc() {
    assertThat(app(TestElf.muslProgram().needs("libpthread.so.0", "libm.so.6", "libc.so")).runs())
        .isTrue();
  }

  @Test
  void rpathAndRunpathAreInherited() {
    var libx = TestFile.elf(TestElf.library("libx.so.1").needs("liby.so.1"));
    var liby = TestFile.elf(TestElf.library("liby.so.1"));

    for (var program :
        new TestElf[] {needsLibrary().rpath("/srv"), needsLibrary().runpath("$ORIGIN/../srv")}) {
      assertThat(app(program).file("srv/libx.so.1", libx).file("srv/liby.so.1", liby).runs())
          .isTrue();
    }
  }

  @Test
  void ldLibraryPathComesFirst() {
    assertThat(
            app(needsLibrary()).file("srv/libx.so.1", LIBRARY).env("LD_LIBRARY_PATH=/srv").runs())
        .isTrue();
  }

  @Test
  void libraryOfAnotherMachineIsAnError() {
    assertThat(
            app(needsLibrary())
                .file("lib/libx.so.1", TestFile.elf(TestElf.library("libx.so.1").i386()))
                .file("usr/lib/libx.so.1", LIBRARY)
                .failure()
                .symptom())
        .contains("Exec format error");
  }

  @Test
  void versionsOfSymbolsDoNotMatter() {
    assertThat(
            app(needsLibrary().needsVersion("libx.so.1", "X_2"))
                .file("lib/libx.so.1", TestFile.elf(TestElf.library("libx.so.1").defines("X_1")))
                .runs())
        .isTrue();
  }
}
