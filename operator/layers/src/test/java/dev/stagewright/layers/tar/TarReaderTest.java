package dev.stagewright.layers.tar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stagewright.layers.tar.HeaderBlock.Field;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TarReaderTest {

  private static TarReader reader(byte[]... blocks) {
    var archive = new ByteArrayOutputStream();
    Arrays.stream(blocks).forEach(archive::writeBytes);
    return new TarReader(new ByteArrayInputStream(archive.toByteArray()));
  }

  /** Returns a header in the format before POSIX. */
  private static HeaderBlock oldHeader(String name, char type) {
    var header = HeaderBlock.empty();
    header.set(Field.NAME, name);
    header.set(Field.MODE, 0644);
    header.set(Field.TYPE, String.valueOf(type));
    return header;
  }

  private static byte[] sealed(HeaderBlock header) {
    header.seal();
    return header.bytes();
  }

  private static byte[] extension(char type, String content) {
    var header = oldHeader("././@LongLink", type);
    header.set(Field.SIZE, content.length());
    var bytes = new ByteArrayOutputStream();
    bytes.writeBytes(sealed(header));
    bytes.writeBytes(RawName.bytes(content));
    bytes.writeBytes(new byte[HeaderBlock.padding(content.length())]);
    return bytes.toByteArray();
  }

  @ParameterizedTest
  @CsvSource({
    "./a/b,   a/b",
    "/a//b/., a/b",
    "./,      ''",
    "../a,    ../a",
    "a/../b,  a/../b",
    "a/./b,   a/b",
    ".a/b.,   .a/b.",
    "a//,     a",
    "/,       ''",
  })
  void normalizesNamesButKeepsParentElements(String written, String name) throws IOException {
    assertThat(reader(sealed(oldHeader(written, '5'))).next()).map(TarEntry::name).contains(name);
  }

  @Test
  void readsV7Format() throws IOException {
    var reader = reader(sealed(oldHeader("dir/", '\0')), sealed(oldHeader("file", '\0')));

    assertThat(reader.next()).map(TarEntry::type).contains(TarEntry.Type.DIRECTORY);
    assertThat(reader.next()).map(TarEntry::type).contains(TarEntry.Type.FILE);
    assertThat(reader.next()).isEmpty();
  }

  @Test
  void readsGnuLongNames() throws IOException {
    var name = "n".repeat(300);
    var target = "t".repeat(300);

    var entry =
        reader(
                extension('K', target + "\0"),
                extension('L', name + "\0"),
                sealed(oldHeader("n", '2')))
            .next();

    assertThat(entry).contains(TarEntry.symlink(name, target).withMode(0644));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0000017\0", "     17 ", "17\0\0\0\0\0\0", "17 \0\0\0\0\0", "00000017"})
  void readsNumbersOfOtherPrograms(String octal) throws IOException {
    var header = oldHeader("file", '0');
    header.set(Field.UID, octal);

    assertThat(reader(sealed(header)).next()).map(TarEntry::uid).contains(15L);
  }

  @Test
  void readsChecksumsOfSignedBytes() throws IOException {
    var name = "caf\u00e9";
    var header = oldHeader(name, '0');
    header.seal();
    header.set(Field.CHECKSUM, header.number(Field.CHECKSUM) - 0x100);

    assertThat(reader(header.bytes()).next()).map(TarEntry::name).contains(name);
  }

  @Test
  void readsNumbersInBase256() throws IOException {
    var header = oldHeader("file", '0');
    header.set(Field.UID, "\u0080\0\0\0\u00ff\u00ff\u00ff\u00fe");
    header.set(Field.MTIME, "\u00ff".repeat(11) + "\u00fe");

    var entry = reader(sealed(header)).next().orElseThrow();

    assertThat(entry.uid()).isEqualTo(0xfffffffeL);
    assertThat(entry.mtimeSeconds()).isEqualTo(-2);
  }

  @Test
  void appliesGlobalPaxRecordsToAllFollowingEntries() throws IOException {
    var reader =
        reader(
            extension('g', "10 uid=70\n"),
            extension('x', "10 uid=80\n"),
            sealed(oldHeader("a", '0')),
            sealed(oldHeader("b", '0')),
            extension('x', "7 uid=\n"),
            sealed(oldHeader("c", '0')));

    assertThat(reader.next()).map(TarEntry::uid).contains(80L);
    assertThat(reader.next()).map(TarEntry::uid).contains(70L);
    assertThat(reader.next()).map(TarEntry::uid).contains(0L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.5", "1.500000000999"})
  void truncatesTimesToNanoseconds(String time) throws IOException {
    var record = " mtime=" + time + "\n";
    var length = record.length() + 2;
    var reader = reader(extension('x', length + record), sealed(oldHeader("a", '0')));

    var entry = reader.next().orElseThrow();

    assertThat(entry.mtimeSeconds()).isEqualTo(1);
    assertThat(entry.mtimeNanos()).isEqualTo(500_000_000);
  }

  @ParameterizedTest
  @CsvSource({
    "100,  tar ends inside a header",
    "600,  tar ends inside file",
    "1500, tar ends inside file",
  })
  void detectsTruncatedArchive(int length, String message) throws IOException {
    var archive = new ByteArrayOutputStream();
    try (var tar = new TarWriter(archive)) {
      tar.put(TarEntry.file("file", 1000), new ByteArrayInputStream(new byte[1000]));
    }
    var reader = reader(Arrays.copyOf(archive.toByteArray(), length));

    assertThatThrownBy(
            () -> {
              reader.next();
              reader.next();
            })
        .isInstanceOf(MalformedTarException.class)
        .hasMessage(message);
  }

  @Test
  void detectsTruncatedContent() throws IOException {
    var header = oldHeader("file", '0');
    header.set(Field.SIZE, 10);
    var reader = reader(sealed(header), "short".getBytes(StandardCharsets.US_ASCII));
    reader.next();

    assertThatThrownBy(() -> reader.content().readAllBytes())
        .isInstanceOf(MalformedTarException.class)
        .hasMessage("tar ends inside file");
  }

  @Test
  void rejectsCorruptHeader() {
    var header = sealed(oldHeader("file", '0'));
    header[0] = 'g';

    assertThatThrownBy(() -> reader(header).next())
        .isInstanceOf(MalformedTarException.class)
        .hasMessage("tar header with a wrong checksum");
  }

  @ParameterizedTest
  @CsvSource({
    "S, file: sparse files in a tar are not supported",
    "M, file: tar entry of unknown type 'M'",
  })
  void rejectsUnsupportedTypes(char type, String message) {
    assertThatThrownBy(() -> reader(sealed(oldHeader("file", type))).next())
        .isInstanceOf(MalformedTarException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"x", "5 a=b", "99 a=b\n", "6 ab=\n\n", "-1 a=b\n", "4 ab\n", "16 mtime=1e99999\n"})
  void rejectsMalformedPaxRecords(String records) {
    assertThatThrownBy(() -> reader(extension('x', records), sealed(oldHeader("a", '0'))).next())
        .isInstanceOf(MalformedTarException.class)
        .hasMessageStartingWith("malformed PAX header");
  }
}
