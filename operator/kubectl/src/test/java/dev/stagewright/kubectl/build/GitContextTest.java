package dev.stagewright.kubectl.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GitContextTest {
  @Test
  void fragmentHasTheRevisionAndTheDirectory() {
    assertThat(GitContext.parse("https://git.example.com/x.git#v1:web").orElseThrow().source())
        .isEqualTo(
            Map.of("url", "https://git.example.com/x.git", "revision", "v1", "directory", "web"));
    assertThat(GitContext.parse("https://git.example.com/x.git#:web").orElseThrow().source())
        .isEqualTo(Map.of("url", "https://git.example.com/x.git", "directory", "web"));
    assertThat(GitContext.parse("github.com/team/x").orElseThrow().source())
        .isEqualTo(Map.of("url", "https://github.com/team/x"));
    assertThat(GitContext.parse("git@git.example.com:team/x").orElseThrow().source())
        .isEqualTo(Map.of("url", "git@git.example.com:team/x"));
  }

  @ParameterizedTest
  @ValueSource(strings = {".", "-", "/src/x.git", "web", "C:/src", "a.git"})
  void pathIsNotAUrl(String path) {
    assertThat(GitContext.parse(path)).isEmpty();
  }

  @Test
  void otherUrlsAreExplained() {
    assertThatThrownBy(() -> GitContext.parse("https://example.com/x.tar.gz"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("curl URL | stagewright build -");
  }
}
