package dev.stagewright.worker.source.git;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubmoduleUrlTest {
  @ParameterizedTest
  @CsvSource({
    "https://git.example.com/team/app.git, ../lib.git, https://git.example.com/team/lib.git",
    "https://git.example.com/team/app.git/, ./lib, https://git.example.com/team/app.git/lib",
    "https://git.example.com/app, ../../../lib, https://git.example.com/lib",
    "ssh://git@git.example.com:2222/team/app, ../lib, ssh://git@git.example.com:2222/team/lib",
    "git@git.example.com:team/app.git, ../lib.git, git@git.example.com:team/lib.git",
    "git@git.example.com:team/app.git, ../../other/lib.git, git@git.example.com:other/lib.git",
    "git@git.example.com:app.git, ../lib.git, git@git.example.com:lib.git",
    "https://git.example.com/app, git@other.example.com:lib, git@other.example.com:lib",
  })
  void resolvesRelativeUrls(String parent, String url, String expected) {
    assertThat(SubmoduleUrl.resolve(parent, url)).isEqualTo(expected);
  }
}
