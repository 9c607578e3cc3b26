package dev.stagewright.analysis.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stagewright.analysis.elf.TestElf;
import dev.stagewright.layers.Whiteouts;
import dev.stagewright.layers.tar.MalformedTarException;
import dev.stagewright.layers.tar.TarEntry;
import dev.stagewright.layers.tar.TarWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class LayerReaderTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final TarWriter tar = new TarWriter(bytes);

  private void file(String path, byte[] content) throws IOException {
    tar.put(TarEntry.file(path, content.length), new ByteArrayInputStream(content));
  }

  private void file(String path, String content) throws IOException {
    file(path, content.getBytes(StandardCharsets.UTF_8));
  }

  private LayerContent read() throws IOException {
    tar.close();
    return LayerReader.read(new ByteArrayInputStream(bytes.toByteArray()));
  }

  private FileFacts facts(String path, byte[] content) throws IOException {
    file(path, content);
    return read().files().getFirst().facts();
  }

  private FileFacts facts(String path, String content) throws IOException {
    return facts(path, content.getBytes(StandardCharsets.ISO_8859_1));
  }

  @Test
  void keepsTheMetadataOfAllEntriesInTheirOrder() throws IOException {
    tar.put(TarEntry.directory("usr").withMode(01777));
    tar.put(TarEntry.file("usr/a", 0).withMode(04755).withOwner(1000, 2000));
    tar.put(TarEntry.symlink("usr/b", "../bin/b"));
    tar.put(TarEntry.hardLink("usr/c", "usr/a"));
    tar.put(TarEntry.device("dev/null", TarEntry.Type.CHARACTER_DEVICE, 1, 3));

    var none = FileFacts.NONE;
    assertThat(read().files())
        .containsExactly(
            new LayerFile("usr", TarEntry.Type.DIRECTORY, 01777, 0, 0, 0, "", none),
            new LayerFile("usr/a", TarEntry.Type.FILE, 04755, 1000, 2000, 0, "", none),
            new LayerFile("usr/b", TarEntry.Type.SYMLINK, 0777, 0, 0, 0, "../bin/b", none),
            new LayerFile("usr/c", TarEntry.Type.HARD_LINK, 0644, 0, 0, 0, "usr/a", none),
            new LayerFile("dev/null", TarEntry.Type.CHARACTER_DEVICE, 0644, 0, 0, 0, "", none));
  }

  @Test
  void separatesWhiteoutsFromFiles() throws IOException {
    tar.put(Whiteouts.entryFor("etc/old"));
    tar.put(TarEntry.file(Whiteouts.opaqueNameFor("var"), 0));
    tar.put(TarEntry.file(".wh..wh.plnk", 0));
    tar.put(TarEntry.file("etc/new", 0));

    var content = read();

    assertThat(content.removed()).containsExactly("etc/old");
    assertThat(content.opaque()).containsExactly("var");
    assertThat(content.files()).extracting(LayerFile::path).containsExactly("etc/new");
    assertThat(content.complete()).isTrue();
  }

  @Test
  void ignoresEntriesOutsideOfTheRoot() throws IOException {
    tar.put(TarEntry.file("a/../../etc/shadow", 0));
    tar.put(TarEntry.file("a..b/c", 0));

    assertThat(read().files()).extracting(LayerFile::path).containsExactly("a..b/c");
  }

  @Test
  void equalFilesHaveTheSameDigest() throws IOException {
    file("a", new byte[5000]);
    file("b", new byte[5000]);
    file("c", new byte[5001]);
    file("small", new byte[100]);

    var files = read().files();

    assertThat(files.getFirst().facts().digest()).isPresent();
    assertThat(files.get(1).facts()).isEqualTo(files.getFirst().facts());
    assertThat(files.get(2).facts().digest()).isNotEqualTo(files.getFirst().facts().digest());
    assertThat(files.get(3).facts()).isSameAs(FileFacts.NONE);
  }

  @Test
  void theDigestOfALargeFileIsThatOfAllOfIt() throws IOException {
    var content = new byte[3 << 20];
    new Random(1).nextBytes(content);
    file("a", content);
    content[content.length - 1]++;
    file("b", content);

    var files = read().files();

    assertThat(files.getFirst().facts().digest()).isNotEqualTo(files.get(1).facts().digest());
  }

  @Test
  void readsElfFiles() throws IOException {
    var elf = facts("bin/a", TestElf.program().interpreter("/lib/ld.so").bytes()).elf();

    assertThat(elf.orElseThrow().linking().interpreter()).contains("/lib/ld.so");
  }

  @Test
  void readsTheFirstLineOfAScriptAsFarAsTheKernelDoes() throws IOException {
    file("a", "#!/bin/sh -e\r\necho\n");
    file("b", "#! /usr/bin/env python");
    file("c", "#!" + "x".repeat(300) + "\n");
    file("d", "# !/bin/sh\n");

    assertThat(read().files())
        .extracting(file -> file.facts().script().orElse("none"))
        .containsExactly("/bin/sh -e\r", " /usr/bin/env python", "x".repeat(254), "none");
  }

  @Test
  void readsTheVersionOfAClass() throws IOException {
    var type = new byte[] {(byte) 0xca, (byte) 0xfe, (byte) 0xba, (byte) 0xbe, 0, 0, 0, 65};

    assertThat(facts("A.class", type).java()).contains(65);
  }

  @Test
  void aFatBinaryOfMacIsNotAClass() throws IOException {
    var binary = new byte[] {(byte) 0xca, (byte) 0xfe, (byte) 0xba, (byte) 0xbe, 0, 0, 0, 2};

    assertThat(facts("a", binary)).isEqualTo(FileFacts.NONE);
  }

  @Test
  void keepsTheTextOfFilesThatDecide() throws IOException {
    file("etc/passwd", "root:x:0:0::/root:/bin/sh\n");
    file("etc/ld.so.conf.d/local.conf", "/usr/local/lib\n");
    file("etc/ld-musl-x86_64.path", "/lib\n");
    file("opt/java/release", "JAVA_VERSION=\"21\"\n");
    file("etc/motd", "Welcome\n");

    assertThat(read().files())
        .extracting(file -> file.facts().text().orElse("none"))
        .containsExactly(
            "root:x:0:0::/root:/bin/sh\n",
            "/usr/local/lib\n",
            "/lib\n",
            "JAVA_VERSION=\"21\"\n",
            "none");
  }

  @Test
  void keepsThePathsInTheCacheOfTheDynamicLinker() throws IOException {
    var cache = "glibc-ld.so.cache1.1\1\2\0\0libc.so.6\0/lib/libc.so.6\0libm.so\0/lib/libm.so\0";

    assertThat(facts("etc/ld.so.cache", cache).text()).contains("/lib/libc.so.6\n/lib/libm.so");
  }

  @Test
  void findsSecretsWithoutTheirValues() throws IOException {
    var token = "glpat-" + "a1B2c3D4e5F6g7H8i9J0";
    var facts = facts("app/.env", "A=1\nTOKEN=" + token + "\n");

    assertThat(facts.secrets()).containsExactly(new FileFacts.Secret("gitlab-pat", 2));
    assertThat(facts.toString()).doesNotContain(token);
  }

  @Test
  void saysWhenThereAreTooManyEntries() throws IOException {
    for (var i = 0; i < 10; i++) {
      file("f" + i, "");
    }
    tar.close();

    var content = LayerReader.read(new ByteArrayInputStream(bytes.toByteArray()), 5);

    assertThat(content.files()).hasSize(5);
    assertThat(content.complete()).isFalse();
  }

  @Test
  void rejectsATruncatedArchive() throws IOException {
    file("a", new byte[100_000]);
    tar.close();
    var cut = Arrays.copyOf(bytes.toByteArray(), 50_000);

    assertThatThrownBy(() -> LayerReader.read(new ByteArrayInputStream(cut)))
        .isInstanceOf(MalformedTarException.class);
  }

  @Property(tries = 300, seed = "1")
  void readsAnyContentWithoutFailing(@ForAll byte[] content, @ForAll Kind kind) throws IOException {
    var all = new ByteArrayOutputStream();
    all.writeBytes(kind.start.getBytes(StandardCharsets.ISO_8859_1));
    all.writeBytes(content);
    var layer = new LayerReaderTest();
    layer.file(kind.path, all.toByteArray());

    assertThat(layer.read().files()).hasSize(1);
  }

  enum Kind {
    ELF("a", "\177ELF\2\1"),
    JAR("a.jar", "PK\3\4"),
    CLASS("A.class", "\u00ca\u00fe\u00ba\u00be"),
    SCRIPT("a", "#!"),
    CACHE("etc/ld.so.cache", "/"),
    TEXT("etc/passwd", "");

    private final String path;
    private final String start;

    Kind(String path, String start) {
      this.path = path;
      this.start = start;
    }
  }
}
