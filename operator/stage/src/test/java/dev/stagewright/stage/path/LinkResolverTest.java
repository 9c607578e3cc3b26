package dev.stagewright.stage.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Symbolic links inside a root. */
class LinkResolverTest {
  private static final Map<String, String> LINKS =
      Map.of(
          "bin", "usr/bin",
          "abs", "/srv/data",
          "out", "../../../etc",
          "srv/here", ".",
          "srv/back", "../bin/tool",
          "loop", "pool",
          "pool", "/loop");

  private final LinkResolver links = new LinkResolver(path -> Optional.ofNullable(LINKS.get(path)));

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource({
    "a/b, a/b",
    "/a//b/./c/, a/b/c",
    "bin/sh, usr/bin/sh",
    "abs/x, srv/data/x",
    "out/passwd, etc/passwd",
    "srv/here/here/x, srv/x",
    "srv/back, usr/bin/tool",
    "abs/../x, srv/x",
    "../../up, up",
  })
  void linksAreFollowedInsideTheRoot(String path, String expected) throws IOException {
    assertThat(links.resolve(path)).isEqualTo(expected);
  }

  @Test
  void rootIsTheEmptyPath() throws IOException {
    assertThat(links.resolve("/")).isEmpty();
    assertThat(links.resolve("bin/../..")).isEmpty();
  }

  @Test
  void lastPartMayRemainALink() throws IOException {
    assertThat(links.resolveParents("bin/../abs")).isEqualTo("abs");
    assertThat(links.resolveParents("abs/bin")).isEqualTo("srv/data/bin");
  }

  @Test
  void cyclesAreRejected() {
    assertThatThrownBy(() -> links.resolve("loop/x"))
        .isInstanceOf(IOException.class)
        .hasMessage("too many symbolic links in /loop/x");
  }
}
