package dev.stagewright.analysis.elf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** No damage makes the reader throw, loop, or keep much. */
class HostileElfTest {
  private static final byte[] JAVA = java();
  private static final byte[] LIBRARY = library();

  private static byte[] java() {
    try {
      return Files.readAllBytes(Path.of(System.getProperty("java.home"), "bin/java"));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] library() {
    return TestElf.program()
        .shared()
        .interpreter("/lib/ld.so")
        .needed("libc.so.6")
        .soname("libx.so.1")
        .runpath("$ORIGIN")
        .needsVersions("libc.so.6", "GLIBC_2.17", "GLIBC_2.34")
        .definesVersions("libx.so.1", "X_1.0", "X_1.1")
        .isaNeeded(3)
        .goBuildId()
        .section(".debug_info", new byte[100])
        .bytes();
  }

  @Property(tries = 2000, seed = "1")
  void changedBytesOfALibrary(@ForAll long seed, @ForAll @IntRange(min = 1, max = 30) int changes)
      throws IOException {
    check(changed(LIBRARY, seed, changes));
  }

  @Property(tries = 300, seed = "1")
  void changedBytesOfAProgram(@ForAll long seed, @ForAll @IntRange(min = 1, max = 300) int changes)
      throws IOException {
    check(changed(JAVA, seed, changes));
  }

  @Property(tries = 300, seed = "1")
  void cutLibrary(@ForAll @IntRange(max = 4000) int length) throws IOException {
    var size = Math.min(length, LIBRARY.length);
    var file = ElfReader.read(new ByteArrayInputStream(LIBRARY, 0, size));
    file.ifPresent(HostileElfTest::checkSize);
  }

  @Property(tries = 300, seed = "1")
  void hugeNumbersInALibrary(@ForAll @IntRange(min = 16, max = 2000) int at, @ForAll long value)
      throws IOException {
    var bytes = LIBRARY.clone();
    ByteBuffer.wrap(bytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(Math.min(at, bytes.length - 8), value);
    check(bytes);
  }

  /** Most changes are in the headers, where they matter. */
  private static byte[] changed(byte[] file, long seed, int changes) {
    var random = new Random(seed);
    var bytes = file.clone();
    for (var i = 0; i < changes; i++) {
      var range = random.nextBoolean() ? Math.min(700, bytes.length) : bytes.length;
      var value = random.nextBoolean() ? random.nextInt() : random.nextBoolean() ? -1 : 0;
      // The magic number stays.
      bytes[4 + random.nextInt(range - 4)] = (byte) value;
    }
    return bytes;
  }

  private static void check(byte[] bytes) throws IOException {
    ElfReader.read(new ByteArrayInputStream(bytes)).ifPresent(HostileElfTest::checkSize);
  }

  private static void checkSize(ElfFile file) {
    // Names have 64 KiB together.
    assertThat(file.linking().toString().length()).isLessThan(1_000_000);
    assertThat(file.content().debugBytes()).isBetween(0L, (long) JAVA.length);
  }
}
