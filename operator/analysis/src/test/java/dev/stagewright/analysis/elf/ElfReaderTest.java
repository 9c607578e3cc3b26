package dev.stagewright.analysis.elf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.analysis.elf.ElfFile.SymbolVersions.Needed;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ElfReaderTest {
  private static ElfFile read(TestElf file) throws IOException {
    return ElfReader.read(new ByteArrayInputStream(file.bytes())).orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({"32,true", "32,false", "64,true", "64,false"})
  void readsBothClassesAndByteOrders(int bits, boolean little) throws IOException {
    var order = little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    var file =
        read(
            TestElf.of(bits, order)
                .shared()
                .machine(183)
                .interpreter("/lib/ld.so.1")
                .needed("libc.so.6")
                .needed("libm.so.6")
                .soname("libx.so.1")
                .needsVersions("libc.so.6", "GLIBC_2.17", "GLIBC_2.34", "GLIBC_2.38?")
                .definesVersions("libx.so.1", "X_1.0", "X_1.1")
                .isaNeeded(1 | 2 | 4)
                .section(".debug_info", new byte[100])
                .section(".text", new byte[5000]));

    assertThat(file.header())
        .isEqualTo(new ElfFile.Header(bits, little, 183, ElfFile.Type.SHARED, Optional.of(3)));
    assertThat(file.linking().interpreter()).contains("/lib/ld.so.1");
    assertThat(file.linking().needed()).containsExactly("libc.so.6", "libm.so.6");
    assertThat(file.linking().soname()).contains("libx.so.1");
    assertThat(file.linking().versions().needed())
        .containsExactly(
            new Needed("libc.so.6", "GLIBC_2.17"), new Needed("libc.so.6", "GLIBC_2.34"));
    assertThat(file.linking().versions().defined()).containsExactlyInAnyOrder("X_1.0", "X_1.1");
    assertThat(file.content().debugBytes()).isEqualTo(100);
    assertThat(file.content().complete()).isTrue();
  }

  @Test
  void keepsSearchPathsAsTheyAre() throws IOException {
    var paths =
        read(TestElf.program().rpath("/opt/lib:$ORIGIN/../lib").runpath("/a::/b"))
            .linking()
            .paths();

    assertThat(paths.rpath()).containsExactly("/opt/lib", "$ORIGIN/../lib");
    // The empty element is the working directory.
    assertThat(paths.runpath()).containsExactly("/a", "", "/b");
  }

  @Test
  void knowsStaticProgramsAlsoIfTheyArePositionIndependent() throws IOException {
    assertThat(read(TestElf.program()).isStaticProgram()).isTrue();
    assertThat(read(TestElf.program().shared()).isStaticProgram()).isTrue();
    assertThat(read(TestElf.program().interpreter("/lib/ld")).isStaticProgram()).isFalse();
    assertThat(read(TestElf.program().shared().soname("a.so")).isStaticProgram()).isFalse();
  }

  @Test
  void countsTheSymbolTableWithItsNamesAsDebugInformation() throws IOException {
    var file =
        read(
            TestElf.program()
                .section(".symtab", new byte[240])
                .section(".strtab", new byte[60])
                .section(".zdebug_line", new byte[7]));

    assertThat(file.content().debugBytes()).isEqualTo(307);
  }

  @Test
  void recognizesGoByItsNoteOrItsBuildInformation() throws IOException {
    assertThat(read(TestElf.program().goBuildId()).content().toolchains()).containsExactly("go");
    assertThat(read(TestElf.program().content("\u00ff Go buildinf:")).content().toolchains())
        .containsExactly("go");
  }

  @Test
  void findsTheLevelOfAnX64ProgramInTheBuildInformationOfGo() throws IOException {
    var file = read(TestElf.program().goBuildId().content("build\tGOAMD64=v3\n"));

    assertThat(file.header().isaLevel()).contains(3);
    assertThat(file.content().mentions()).isEmpty();
  }

  @Test
  void recognizesRustAndCompilersByTheirComment() throws IOException {
    var comment =
        "GCC: (Debian 12.2.0) 12.2.0\0rustc version 1.80.0\0".getBytes(StandardCharsets.UTF_8);

    assertThat(read(TestElf.program().section(".comment", comment)).content().toolchains())
        .containsExactlyInAnyOrder("gcc", "rust");
    assertThat(read(TestElf.program().content("/rustc/0123 rust_panic")).content().toolchains())
        .containsExactly("rust");
  }

  @Test
  void findsMentionsAnywhereInALargeFile() throws IOException {
    var file =
        read(
            TestElf.program()
                .content(new byte[(1 << 16) - 700])
                .content("/etc/ssl/certs")
                .content(new byte[20 << 20])
                .content("getaddrinfo"));

    assertThat(file.content().mentions())
        .containsExactlyInAnyOrder("/etc/ssl/certs", "getaddrinfo");
  }

  @Test
  void readsTablesBehindTheBeginningOfALargeFile() throws IOException {
    var large =
        TestElf.program()
            .interpreter("/lib64/ld-linux-x86-64.so.2")
            .content(new byte[ElfReader.HEAD + 100_000])
            .isaNeeded(8)
            .section(".debug_str", new byte[200_000]);

    var file = read(large);

    assertThat(file.linking().interpreter()).contains("/lib64/ld-linux-x86-64.so.2");
    assertThat(file.header().isaLevel()).contains(4);
    assertThat(file.content().debugBytes()).isEqualTo(200_000);
    assertThat(file.content().complete()).isTrue();
  }

  @Test
  void readsNamesOfSectionsFarBehindTheSectionHeaders() throws IOException {
    var room = 1024;
    var bytes =
        TestElf.program()
            .content(new byte[room])
            .content(new byte[ElfReader.HEAD + 100_000])
            .section(".debug_str", new byte[200_000])
            .bytes();
    var file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    var table = (int) file.getLong(40);
    var beginning = 64 + 10 * 56;
    System.arraycopy(bytes, table, bytes, beginning, 3 * 64);
    file.putLong(40, beginning);

    var read = ElfReader.read(new ByteArrayInputStream(bytes, 0, table)).orElseThrow();

    assertThat(read.content().debugBytes()).isEqualTo(200_000);
    assertThat(read.content().complete()).isTrue();
  }

  @Test
  void startDoesNotDependOnSectionHeaders() throws IOException {
    var bytes = TestElf.program().section(".debug_str", new byte[200_000]).bytes();

    var read = ElfReader.read(new ByteArrayInputStream(bytes, 0, 100_000)).orElseThrow();

    assertThat(read.content().complete()).isTrue();
  }

  @Test
  void saysThatATruncatedFileIsNotComplete() throws IOException {
    var bytes = TestElf.program().needed("libc.so.6").content(new byte[100]).bytes();

    var file = ElfReader.read(new ByteArrayInputStream(bytes, 0, 200)).orElseThrow();

    assertThat(file.content().complete()).isFalse();
  }

  @Test
  void otherFilesAreNotElf() throws IOException {
    assertThat(
            ElfReader.read(
                new ByteArrayInputStream("#!/bin/sh\n".getBytes(StandardCharsets.UTF_8))))
        .isEmpty();
    assertThat(ElfReader.read(new ByteArrayInputStream(new byte[0]))).isEmpty();
    assertThat(
            ElfReader.read(
                new ByteArrayInputStream("\177ELF\7\7".getBytes(StandardCharsets.UTF_8))))
        .isEmpty();
  }

  @Test
  void readsTheLibrariesOfTheRunningJdk() throws IOException {
    var home = Path.of(System.getProperty("java.home"));
    try (var in = Files.newInputStream(home.resolve("lib/server/libjvm.so"))) {
      var jvm = ElfReader.read(in).orElseThrow();

      assertThat(jvm.header().type()).isEqualTo(ElfFile.Type.SHARED);
      assertThat(jvm.linking().soname()).contains("libjvm.so");
      assertThat(jvm.linking().needed()).anyMatch(name -> name.startsWith("libc."));
      assertThat(jvm.linking().versions().defined()).contains("SUNWprivate_1.1");
      assertThat(jvm.content().mentions()).contains("getpwuid", "dlopen");
      assertThat(jvm.content().complete()).isTrue();
    }
    try (var in = Files.newInputStream(home.resolve("bin/java"))) {
      var java = ElfReader.read(in).orElseThrow();

      assertThat(java.linking().interpreter()).isPresent();
      assertThat(java.isStaticProgram()).isFalse();
    }
  }
}
