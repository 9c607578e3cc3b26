package dev.stagewright.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tests that docs/threat-model.md names exist. */
class ThreatModelPageTest {
  private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w+(?:Test|IT))(?:\\.(\\w+))?`");

  @Test
  void namedTestsExist() throws IOException {
    var page = Files.readString(PROJECT.resolve("docs/threat-model.md"));
    var sources = testSources();

    var named = NAMED.matcher(page).results().toList();

    assertThat(named).hasSizeGreaterThan(30);
    for (var test : named) {
      var source = sources.get(test.group(1));
      assertThat(source).as(test.group()).isNotNull();
      if (test.group(2) != null) {
        assertThat(Files.readString(source))
            .as(test.group())
            .contains("void " + test.group(2) + "(");
      }
    }
  }

  private static Map<String, Path> testSources() throws IOException {
    try (var files = roots().stream().flatMap(ThreatModelPageTest::walk)) {
      return files.collect(
          Collectors.toMap(
              file -> file.getFileName().toString().replace(".java", ""),
              file -> file,
              (one, _) -> one));
    }
  }

  private static List<Path> roots() throws IOException {
    try (var modules = Files.list(PROJECT.resolve("operator"))) {
      return Stream.concat(modules, Stream.of(PROJECT.resolve("charts"), PROJECT.resolve("e2e")))
          .map(module -> module.resolve("src/test/java"))
          .filter(Files::isDirectory)
          .toList();
    }
  }

  private static Stream<Path> walk(Path root) {
    try (var files = Files.walk(root)) {
      return files.filter(file -> file.toString().matches(".*(Test|IT)\\.java")).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
