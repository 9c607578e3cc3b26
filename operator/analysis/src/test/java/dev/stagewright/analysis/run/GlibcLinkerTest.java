package dev.stagewright.analysis.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Where the linker of glibc finds libraries. */
class GlibcLinkerTest {
  private static final TestFile LIBRARY = TestFile.elf(TestElf.library("libx.so.1"));

  private static TestImage app(TestElf program) {
    return TestImage.debian().file("opt/app", TestFile.elf(program)).cmd("/opt/app");
  }

  private static TestElf needsLibrary() {
    return TestElf.glibcProgram().needs("libx.so.1");
  }

  @Test
  void missingLibraryIsNamed() {
    var failure = app(needsLibrary().needs("liby.so")).failure();

    assertThat(failure.rule()).isEqualTo("MissingLibrary");
    assertThat(failure.message()).contains("/opt/app needs libx.so.1, liby.so");
    assertThat(failure.symptom())
        .contains("exit code 127")
        .endsWith(
            "/opt/app: error while loading shared libraries: libx.so.1: cannot open shared object"
                + " file: No such file or directory");
  }

  @Test
  void defaultFoldersOfDebian() {
    assertThat(app(needsLibrary()).file("usr/lib/libx.so.1", LIBRARY).runs()).isTrue();
    assertThat(app(needsLibrary()).file("usr/lib/x86_64-linux-gnu/libx.so.1", LIBRARY).runs())
        .isTrue();
    assertThat(app(needsLibrary()).file("usr/lib64/libx.so.1", LIBRARY).failure().message())
        .contains("/usr/lib64/libx.so.1");
  }

  @Test
  void cacheDecidesAboutConfiguredFolders() {
    var image = app(needsLibrary()).file("usr/local/lib/libx.so.1", LIBRARY);

    assertThat(image.failure().fix()).startsWith("RUN ldconfig");
    assertThat(
            image.layer().file("etc/ld.so.cache", TestFile.text("/usr/local/lib/libx.so.1")).runs())
        .isTrue();
  }

  @Test
  void cacheThatCouldNotBeReadLeavesItOpen() {
    var cache = TestFile.script("");

    assertThat(app(needsLibrary()).file("etc/ld.so.cache", cache).isUnknown()).isTrue();
  }

  @Test
  void cacheMayNameFilesThatWereDeleted() {
    var image = app(needsLibrary()).file("etc/ld.so.cache", TestFile.text("/opt/libx.so.1"));

    assertThat(image.failure().rule()).isEqualTo("MissingLibrary");
    assertThat(image.file("usr/lib/libx.so.1", LIBRARY).runs()).isTrue();
  }

  @Test
  void ldLibraryPathComesFirst() {
    var image = app(needsLibrary()).file("srv/lib/libx.so.1", LIBRARY);

    assertThat(image.failure().fix()).contains("ENV LD_LIBRARY_PATH=/srv/lib");
    assertThat(image.env("LD_LIBRARY_PATH=/srv/lib").runs()).isTrue();
  }

  @Test
  void originIsTheFolderOfTheProgram() {
    assertThat(app(needsLibrary().runpath("$ORIGIN/lib")).file("opt/lib/libx.so.1", LIBRARY).runs())
        .isTrue();
    assertThat(
            app(needsLibrary().rpath("${ORIGIN}/../usr/$LIB/extra"))
                .file("usr/lib/x86_64-linux-gnu/extra/libx.so.1", LIBRARY)
                .runs())
        .isTrue();
  }

  @Test
  void originOfALinkedProgramIsThatOfTheFile() {
    assertThat(
            TestImage.debian()
                .file("opt/app/bin", TestFile.elf(needsLibrary().runpath("$ORIGIN")))
                .file("opt/app/libx.so.1", LIBRARY)
                .file("app", TestFile.link("/opt/app/bin"))
                .cmd("/app")
                .runs())
        .isTrue();
  }

  @Test
  void rpathIsInheritedButRunpathIsNot() {
    var libx = TestFile.elf(TestElf.library("libx.so.1").needs("liby.so.1"));
    var liby = TestFile.elf(TestElf.library("liby.so.1"));

    assertThat(
            app(needsLibrary().rpath("/srv"))
                .file("srv/libx.so.1", libx)
                .file("srv/liby.so.1", liby)
                .runs())
        .isTrue();
    assertThat(
            app(needsLibrary().runpath("/srv"))
                .file("srv/libx.so.1", libx)
                .file("srv/liby.so.1", liby)
                .failure()
                .message())
        .contains("/srv/libx.so.1 needs liby.so.1");
  }

  @Test
  void rpathIsIgnoredBesideRunpath() {
    assertThat(
            app(needsLibrary().rpath("/srv").runpath("/other"))
                .file("srv/libx.so.1", LIBRARY)
                .failure()
                .rule())
        .isEqualTo("MissingLibrary");
  }

  @Test
  void libraryThatIsLoadedOnceIsFoundByItsName() {
    var first = TestFile.elf(TestElf.library("liby.so.1"));

    assertThat(
            app(TestElf.glibcProgram().needs("/srv/liby.so.1", "liby.so.1"))
                .file("srv/liby.so.1", first)
                .runs())
        .isTrue();
  }

  @Test
  void librariesOfOtherMachinesAreSkipped() {
    var foreign = TestFile.elf(TestElf.library("libx.so.1").i386());

    assertThat(
            app(needsLibrary())
                .file("srv/libx.so.1", foreign)
                .file("usr/lib/libx.so.1", LIBRARY)
                .env("LD_LIBRARY_PATH=/srv")
                .runs())
        .isTrue();
  }

  @Test
  void fileThatIsNotALibraryIsAnError() {
    assertThat(
            app(needsLibrary()).file("usr/lib/libx.so.1", TestFile.text("x")).failure().symptom())
        .endsWith("/lib/libx.so.1: invalid ELF header");
  }

  @Test
  void userMustReadLibraries() {
    var image = app(needsLibrary()).file("usr/lib/libx.so.1", LIBRARY.mode(0600));

    assertThat(image.runs()).isTrue();
    assertThat(image.user("1000").failure().rule()).isEqualTo("MissingLibrary");
  }

  @Test
  void versionsOfSymbolsMustBeDefined() {
    assertThat(app(TestElf.glibcProgram().needsVersion("libc.so.6", "GLIBC_2.34")).runs()).isTrue();

    var failure = app(TestElf.glibcProgram().needsVersion("libc.so.6", "GLIBC_2.38")).failure();
    assertThat(failure.rule()).isEqualTo("MissingSymbolVersion");
    assertThat(failure.symptom()).contains("version `GLIBC_2.38' not found (required by /opt/app)");
  }

  @Test
  void librariesWithoutVersionsAreAccepted() {
    assertThat(
            app(needsLibrary().needsVersion("libx.so.1", "X_1.0"))
                .file("usr/lib/libx.so.1", LIBRARY)
                .runs())
        .isTrue();
  }

  @Test
  void linkerThatWasCopiedAloneSaysLittleAboutItsFolders() {
    var image =
        TestImage.scratch()
            .file("app", TestFile.elf(TestElf.glibcProgram()))
            .file("lib64/libc.so.6", TestFile.elf(TestElf.library("libc.so.6")))
            .cmd("/app");
    var plain = TestElf.library("ld-linux-x86-64.so.2");
    var debian = TestElf.library("ld-linux-x86-64.so.2").mentions("/lib/x86_64-linux-gnu/");

    assertThat(image.file("lib64/ld-linux-x86-64.so.2", TestFile.elf(plain)).isUnknown()).isTrue();
    assertThat(image.file("lib64/ld-linux-x86-64.so.2", TestFile.elf(debian)).failure().rule())
        .isEqualTo("MissingLibrary");
  }

  @Test
  void defaultFoldersOfRedHat() {
    var image =
        TestImage.scratch()
            .file("etc/redhat-release", TestFile.text(""))
            .file("lib64", TestFile.link("usr/lib64"))
            .file(
                "usr/lib64/ld-linux-x86-64.so.2",
                TestFile.elf(TestElf.library("ld-linux-x86-64.so.2")))
            .file("usr/lib64/libc.so.6", TestFile.elf(TestElf.library("libc.so.6")))
            .file("app", TestFile.elf(TestElf.glibcProgram()))
            .cmd("/app");

    assertThat(image.runs()).isTrue();
  }
}
