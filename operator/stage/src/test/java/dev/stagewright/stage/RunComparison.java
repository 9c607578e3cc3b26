package dev.stagewright.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.layers.oci.Digest;
import dev.stagewright.layers.tar.RawName;
import dev.stagewright.layers.tar.TarEntry;
import dev.stagewright.layers.tar.TarReader;
import dev.stagewright.stage.files.ArchiveFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Compares the archives of two runs entry by entry, and their output line by line.
 *
 * @param since time in seconds since 1970: files with this or a later time were written by the runs
 *     themselves, at different times
 */
record RunComparison(long since) {

  /** A time as {@code stat} prints it. */
  private static final Pattern TIME =
      Pattern.compile("([0-9]{4}-[0-9]{2}-[0-9]{2}) ([0-9:]{8})\\.[0-9]{9} \\+0000");

  void compare(String name, List<String> expected, List<String> actual) {
    assertThat(actual.stream().map(this::masked).toList())
        .as(name)
        .isEqualTo(expected.stream().map(this::masked).toList());
  }

  private String masked(String line) {
    return TIME.matcher(line)
        .replaceAll(time -> {
          var second = Instant.parse(time.group(1) + "T" + time.group(2) + "Z").getEpochSecond();
          return second >= since ? "now" : time.group();
        });
  }

  void compare(String name, Path expected, Path actual) throws IOException {
    if (Files.mismatch(expected, actual) >= 0) {
      assertThat(lines(actual)).as(name).isEqualTo(lines(expected));
    }
  }

  private List<String> lines(Path archive) throws IOException {
    var lines = new ArrayList<String>();
    try (var tar = new TarReader(ArchiveFormat.decompress(Files.newInputStream(archive)))) {
      for (var next = tar.next(); next.isPresent(); next = tar.next()) {
        var entry = next.get();
        lines.add(line(entry) + Digest.of(tar.content().readAllBytes()).hex().substring(0, 12));
      }
    }
    return lines;
  }

  private String line(TarEntry entry) {
    var attributes = new TreeMap<String, String>();
    entry.xattrs().forEach((key, value) -> attributes.put(key, HexFormat.of().formatHex(value)));
    return "%s %s>%s %o %d:%d %d %s %s %d,%d "
        .formatted(
            entry.type(),
            RawName.text(entry.name()),
            RawName.text(entry.linkName()),
            entry.mode(),
            entry.uid(),
            entry.gid(),
            entry.size(),
            entry.mtimeSeconds() >= since ? "now" : entry.mtimeSeconds() + "." + entry.mtimeNanos(),
            attributes,
            entry.major(),
            entry.minor());
  }
}
