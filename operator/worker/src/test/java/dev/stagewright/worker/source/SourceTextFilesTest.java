package dev.stagewright.worker.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.worker.source.SourceTextFiles.Result;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceTextFilesTest {
  private final SourceTextFiles files =
      new SourceTextFiles(
          new LinkedTree(
              Map.of("docker/Dockerfile", "FROM scratch\n", "ü.txt", "ü"),
              Map.of(
                  "Dockerfile", "docker/Dockerfile",
                  "docker/again", "../Dockerfile",
                  "absolute", "/docker/Dockerfile",
                  "out", "../etc/passwd",
                  "broken", "nowhere",
                  "loop", "loop")));

  @ParameterizedTest
  @CsvSource({
    "docker/Dockerfile",
    "./docker//Dockerfile",
    "/docker/Dockerfile",
    "docker/../Dockerfile",
    "Dockerfile",
    "docker/again",
    "absolute"
  })
  void followsLinksAndDots(String path) throws Exception {
    assertThat(files.read(path)).contains("FROM scratch\n");
  }

  @ParameterizedTest
  @CsvSource({"absent", "docker", "out", "loop", "../Dockerfile", "Dockerfile/x"})
  void ignoresPathsOutsideAndDirectories(String path) throws Exception {
    assertThat(files.read(path)).isEmpty();
  }

  @Test
  void reportsWhyFileIsMissing() throws Exception {
    assertThat(files.find("absent")).isEqualTo(new Result.Missing());
    assertThat(files.find("docker")).isEqualTo(new Result.IsDirectory());
    assertThat(files.find("../x")).isEqualTo(new Result.Outside());
    assertThat(files.find("out")).isEqualTo(new Result.LinkOutside("out", "../etc/passwd"));
    assertThat(files.find("broken")).isEqualTo(new Result.LinkBroken("broken", "nowhere"));
    assertThat(files.find("loop")).isEqualTo(new Result.TooManyLinks());
  }

  @Test
  void decodesTextAndNamesAsUtf8() throws Exception {
    assertThat(files.read("ü.txt")).contains("ü");
  }

  /** Inline files with additional links. */
  private record LinkedTree(InlineTree files, Map<String, SourceEntry> links)
      implements SourceTree {
    LinkedTree(Map<String, String> files, Map<String, String> links) {
      var entries = new TreeMap<String, SourceEntry>();
      links.forEach((path, target) -> entries.put(path, new SourceEntry.Link(path, target)));
      this(new InlineTree(files), entries);
    }

    @Override
    public String description() {
      return files.description();
    }

    @Override
    public Optional<String> revision() {
      return files.revision();
    }

    @Override
    public Instant modified() {
      return files.modified();
    }

    @Override
    public Optional<SourceEntry> entry(String path) {
      return Optional.ofNullable(links.get(path)).or(() -> files.entry(path));
    }

    @Override
    public void walk(Visitor visitor) throws IOException {
      files.walk(visitor);
    }

    @Override
    public void close() {}
  }
}
