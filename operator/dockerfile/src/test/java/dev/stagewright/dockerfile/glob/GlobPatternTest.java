package dev.stagewright.dockerfile.glob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GlobPatternTest {

  @ParameterizedTest(name = "{0}: {1} and {2}")
  @CsvFileSource(resources = "globs.cases", delimiter = '|', quoteCharacter = '¤')
  void matches(String description, String pattern, String name, boolean matches) {
    assertThat(GlobPattern.parse(pattern).matches(name)).isEqualTo(matches);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "[]", "[]a]", "[-]", "[a-]", "[-x]", "[x-", "[^", "[^]", "a[", "\\"})
  void rejectsIncompletePatterns(String pattern) {
    assertThatThrownBy(() -> GlobPattern.parse(pattern))
        .isInstanceOf(BadPatternException.class)
        .hasMessageStartingWith("syntax error in pattern");
  }

  @ParameterizedTest
  @CsvSource({
    "a*,true",
    "a?,true",
    "[a],true",
    "a,false",
    "a\\*,false",
    "a\\[b,false",
    "a\\\\*,true"
  })
  void detectsWildcards(String path, boolean wildcard) {
    assertThat(GlobPattern.isWildcard(path)).isEqualTo(wildcard);
  }

  @Test
  @Timeout(value = 120, unit = TimeUnit.SECONDS)
  void matchesPathologicalPatternsInTime() {
    var pattern = GlobPattern.parse("*a".repeat(300) + "b");

    assertThat(pattern.matches("a".repeat(10_000))).isFalse();
  }
}
