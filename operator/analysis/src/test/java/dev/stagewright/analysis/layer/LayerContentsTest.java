package dev.stagewright.analysis.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stagewright.analysis.elf.ElfReader;
import dev.stagewright.analysis.elf.TestElf;
import dev.stagewright.layers.tar.TarEntry;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class LayerContentsTest {
  private static LayerContent content() throws IOException {
    var elf =
        TestElf.program()
            .shared()
            .interpreter("/lib/ld.so")
            .needed("libc.so.6")
            .soname("liba.so")
            .rpath("/a:/b")
            .runpath("$ORIGIN")
            .needsVersions("libc.so.6", "GLIBC_2.17", "GLIBC_2.34")
            .definesVersions("liba.so", "A_1", "A_2")
            .isaNeeded(3)
            .goBuildId()
            .content("getaddrinfo dlopen")
            .section(".debug_info", new byte[50])
            .bytes();
    var facts =
        new FileFacts(
            Optional.of("0123456789abcdef"),
            ElfReader.read(new ByteArrayInputStream(elf)),
            Optional.of("/bin/sh -e\r"),
            Optional.of(65),
            Optional.of("root:x:0\n\u00ff"),
            List.of(new FileFacts.Secret("jwt", 3), new FileFacts.Secret("private-key", 1)));
    var files = new ArrayList<LayerFile>();
    files.add(LayerFile.of(TarEntry.directory("").withMode(01777), FileFacts.NONE));
    files.add(LayerFile.of(TarEntry.file("usr/bin/a", 5_000_000_000L).withMode(04755), facts));
    files.add(LayerFile.of(TarEntry.symlink("usr/bin/ab", "\u00c3\u00a4"), FileFacts.NONE));
    for (var type : TarEntry.Type.values()) {
      files.add(new LayerFile("usr/" + type, type, 0644, 4_000_000_000L, 7, 0, "", FileFacts.NONE));
    }
    return new LayerContent(files, List.of("a", "b"), List.of(""), false);
  }

  private static byte[] json(LayerContent content) throws IOException {
    var out = new ByteArrayOutputStream();
    LayerContents.write(content, out);
    return out.toByteArray();
  }

  private static Optional<LayerContent> read(byte[] json) throws IOException {
    return LayerContents.read(new ByteArrayInputStream(json));
  }

  @Test
  void keepsEverything() throws IOException {
    assertThat(read(json(content()))).contains(content());
    assertThat(read(json(LayerContent.EMPTY))).contains(LayerContent.EMPTY);
  }

  @Test
  void isTheSameForTheSameContent() throws IOException {
    assertThat(json(read(json(content())).orElseThrow())).isEqualTo(json(content()));
  }

  @Test
  void writesOnlyWhatDiffersFromThePreviousPath() throws IOException {
    var files =
        List.of(
            LayerFile.of(TarEntry.file("usr/share/doc/a", 1), FileFacts.NONE),
            LayerFile.of(TarEntry.file("usr/share/doc/b", 1), FileFacts.NONE));

    assertThat(
            new String(
                json(new LayerContent(files, List.of(), List.of(), true)), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"version\":2,\"complete\":true,\"files\":["
                + "[0,\"usr/share/doc/a\",\"f\",420,0,0,1],[14,\"b\",\"f\",420,0,0,1]]}");
  }

  @Test
  void doesNotReadAnotherVersion() throws IOException {
    assertThat(read("{\"version\":3,\"files\":\"new\"}".getBytes(StandardCharsets.UTF_8)))
        .isEmpty();
  }

  @Test
  void rejectsOtherJson() {
    for (var json :
        List.of("", "[]", "{}", "{\"version\":2,\"files\":[[9,\"a\"]]}", "{\"version\":2")) {
      assertThatThrownBy(() -> read(json.getBytes(StandardCharsets.UTF_8)))
          .isInstanceOf(IOException.class);
    }
  }

  @Property(tries = 1000, seed = "1")
  void damageNeverCausesAnotherException(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 5) int changes) throws IOException {
    var json = json(content());
    var random = new Random(seed);
    for (var i = 0; i < changes; i++) {
      json[random.nextInt(json.length)] = (byte) "{}[]\",:0a".charAt(random.nextInt(9));
    }
    try {
      assertThat(read(json)).isNotNull();
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("");
    }
  }
}
