package dev.stagewright.analysis.jar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class JarReaderTest {
  private static byte[] type(int version) {
    var bytes = new byte[500];
    new Random(version).nextBytes(bytes);
    System.arraycopy(
        new byte[] {(byte) 0xca, (byte) 0xfe, (byte) 0xba, (byte) 0xbe, 0, 0, 0, (byte) version},
        0,
        bytes,
        0,
        8);
    return bytes;
  }

  private static byte[] jar(Map<String, byte[]> entries, int method) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var jar = new ZipOutputStream(bytes)) {
      for (var entry : entries.entrySet()) {
        var header = new ZipEntry(entry.getKey());
        header.setMethod(method);
        if (method == ZipEntry.STORED) {
          var crc = new CRC32();
          crc.update(entry.getValue());
          header.setCrc(crc.getValue());
          header.setSize(entry.getValue().length);
        }
        jar.putNextEntry(header);
        jar.write(entry.getValue());
      }
    }
    return bytes.toByteArray();
  }

  private static Optional<Integer> read(byte[] jar) {
    var reader = new JarReader();
    for (var at = 0; at < jar.length; at += 1000) {
      reader.append(jar, at, Math.min(1000, jar.length - at));
    }
    return reader.finish();
  }

  private static Map<String, byte[]> classes() {
    var classes = new LinkedHashMap<String, byte[]>();
    for (var i = 0; i < 100; i++) {
      classes.put("a/C" + i + ".class", type(52));
    }
    classes.put("a/Main.class", type(65));
    return classes;
  }

  @Test
  void findsTheHighestVersion() throws IOException {
    var classes = Map.of("a/A.class", type(52), "a/B.class", type(61), "a.txt", new byte[9]);

    assertThat(read(jar(classes, ZipEntry.DEFLATED))).contains(61);
    assertThat(read(jar(classes, ZipEntry.STORED))).contains(61);
  }

  @Test
  void ignoresVersionsForNewerReleasesAndModuleDescriptors() throws IOException {
    var classes =
        Map.of(
            "a/A.class", type(52),
            "META-INF/versions/21/a/A.class", type(65),
            "module-info.class", type(53));

    assertThat(read(jar(classes, ZipEntry.DEFLATED))).contains(52);
  }

  @Test
  void readsAnArchiveBehindAScript() throws IOException {
    var jar = jar(Map.of("a/A.class", type(61)), ZipEntry.DEFLATED);
    var program = new ByteArrayOutputStream();
    program.writeBytes("#!/bin/sh\nexec java -jar $0\n".getBytes(StandardCharsets.UTF_8));
    program.writeBytes(jar);

    assertThat(read(program.toByteArray())).contains(61);
  }

  @Test
  void readsTheDirectoryBehindALargeEntry() throws IOException {
    var large = new byte[40 << 20];
    new Random(1).nextBytes(large);
    var entries = new LinkedHashMap<String, byte[]>();
    entries.put("a/A.class", type(61));
    entries.put("data", large);

    assertThat(read(jar(entries, ZipEntry.DEFLATED))).contains(61);
  }

  @Test
  void anArchiveWithoutClassesHasNoVersion() throws IOException {
    assertThat(read(jar(Map.of("a.txt", new byte[10]), ZipEntry.DEFLATED))).isEmpty();
    assertThat(read(new byte[100])).isEmpty();
    assertThat(read(new byte[0])).isEmpty();
  }

  @Property(tries = 500, seed = "1")
  void noDamageMakesItThrow(@ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int changes)
      throws IOException {
    var jar = jar(classes(), ZipEntry.DEFLATED);
    var random = new Random(seed);
    for (var i = 0; i < changes; i++) {
      // Most of the numbers are in the directory at the end.
      var at =
          random.nextBoolean() ? jar.length - 1 - random.nextInt(2000) : random.nextInt(jar.length);
      jar[at] = (byte) (random.nextBoolean() ? -1 : random.nextInt());
    }
    read(jar);
  }
}
