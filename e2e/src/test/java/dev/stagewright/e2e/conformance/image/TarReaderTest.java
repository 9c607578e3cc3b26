package dev.stagewright.e2e.conformance.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stagewright.e2e.Shell;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives of GNU tar are read completely. */
class TarReaderTest {
  private static final Duration QUICK = Duration.ofSeconds(20);
  private static final String LONG = "n".repeat(200);

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"gnu", "posix"})
  void readsNamesTypesAndContent(String format) throws IOException {
    var members =
        archive(
            "--format=" + format + " --owner=1234567 --group=7 --mtime=@1000000000",
            "mkdir d; printf one > d/one; ln d/one d/same; ln -s one d/link; mkfifo d/fifo;"
                + "printf long > "
                + LONG
                + "; printf x > $'caf\\xe9'; chmod 4751 d/one");

    assertThat(members)
        .containsOnlyKeys("", "d", "d/one", "d/same", "d/link", "d/fifo", LONG, "caf\u00e9");
    assertThat(member(members, "d").header().type()).isEqualTo('5');
    assertThat(member(members, "d/fifo").header().type()).isEqualTo('6');
    assertThat(member(members, "d/link").header().link()).isEqualTo("one");
    assertThat(member(members, "d/same").header().type()).isEqualTo('1');
    assertThat(member(members, LONG).digest())
        .as("SHA-256 of the content")
        .isEqualTo("fc66f021c67d064c1490a12b5a4d4d2f5167ca692a16ca12f1f3a4cda29a6fa9");
    var one = member(members, "d/one").header();
    assertThat(one.mode()).isEqualTo(04751);
    assertThat(one.uid()).isEqualTo(1234567);
    assertThat(one.gid()).isEqualTo(7);
    assertThat(one.size()).isEqualTo(3);
    assertThat(one.mtime()).isEqualTo(Instant.ofEpochSecond(1_000_000_000));
  }

  @Test
  void readsFractionsOfSeconds() throws IOException {
    var members = archive("--format=posix", "touch -d @1000000000.25 file");

    assertThat(member(members, "file").header().mtime())
        .isEqualTo(Instant.ofEpochSecond(1_000_000_000, 250_000_000));
  }

  @Test
  void readsAttributesAsBytes() throws IOException {
    var xattrs = new PaxRecords();
    xattrs.read("28 SCHILY.xattr.user.a=\u00ff\n1=\n".getBytes(ISO_8859_1));

    assertThat(xattrs.apply(new TarHeader(new byte[TarHeader.SIZE]), "", "").xattrs())
        .isEqualTo(Map.of("user.a", "ff0a313d"));
  }

  @Test
  void rejectsOtherFormats() {
    var text = new ByteArrayInputStream("no tar".repeat(200).getBytes(UTF_8));

    assertThatThrownBy(() -> new TarReader(text).next()).hasMessage("not a tar header");
  }

  private static Layer.Member member(Map<String, Layer.Member> members, String path) {
    return Optional.ofNullable(members.get(path)).orElseThrow();
  }

  /** Runs a script in an empty folder and reads a tar archive of the folder. */
  private Map<String, Layer.Member> archive(String options, String script) throws IOException {
    var file = folder.resolve("archive.tar");
    new Shell(Map.of("LC_ALL", "C"))
        .output(
            QUICK,
            "bash",
            "-ec",
            "mkdir %1$s/root; cd %1$s/root; %2$s; tar %3$s -cf %4$s ."
                .formatted(folder, script, options, file));
    var members = new TreeMap<String, Layer.Member>();
    try (var in = Files.newInputStream(file)) {
      LayerReader.read(in).members().forEach(member -> members.put(member.path(), member));
    }
    return members;
  }
}
