package dev.stagewright.worker.source.git.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostPatternsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "git.example.com; git.example.com; 22; true",
        "git.example.com; GIT.example.com; 22; true",
        "git.example.com; git.example.com; 2222; false",
        "[git.example.com]:2222; git.example.com; 2222; true",
        "[git.example.com]:2222; git.example.com; 22; false",
        "a,git.example.com,10.0.0.1; 10.0.0.1; 22; true",
        "*.example.com; git.example.com; 22; true",
        "*.example.com; example.com; 22; false",
        "git?.example.com; git1.example.com; 22; true",
        "*.example.com,!git.example.com; git.example.com; 22; false",
        "!git.example.com; other.example.com; 22; false",
        "*; git.example.com; 2222; true",
        "git.example.com; gitxexample.com; 22; false",
      })
  void matchesAsOpenSsh(String patterns, String host, int port, boolean matches) {
    assertThat(HostPatterns.parse(patterns).matches(HostPatterns.server(host, port)))
        .isEqualTo(matches);
  }

  /** The line is from {@code ssh-keygen -H}. */
  @Test
  void matchesHashedNames() {
    var hash = HostPatterns.parse("|1|0vpiJWZ3UEP0FMA42CNGbrTtH6Y=|u5RSBXpsW/LgaaWEBm8ndAXXTnI=");

    assertThat(hash.matches("[git.example.com]:2222")).isTrue();
    assertThat(hash.matches("git.example.com")).isFalse();
  }

  @Test
  void rejectsMalformedHash() {
    assertThatThrownBy(() -> HostPatterns.parse("|1|abc"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
