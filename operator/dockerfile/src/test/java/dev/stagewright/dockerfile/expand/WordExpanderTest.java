package dev.stagewright.dockerfile.expand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class WordExpanderTest {
  private static final Variables VARIABLES =
      Variables.of(
          Map.of(
              "HOME", "/home/user",
              "EMPTY", "",
              "A", "a",
              "AB", "a b",
              "PATHS", "/a/b/c.tar.gz",
              "STAR", "a*b",
              "SPECIAL", "a.b+c"));
  private final WordExpander expander = new WordExpander('\\');

  @ParameterizedTest(name = "{0}: {1}")
  @CsvFileSource(resources = "words.cases", delimiter = '|', quoteCharacter = '¤', emptyValue = "")
  void expands(String description, String word, String result) {
    assertThat(expander.expand(text(word), VARIABLES).text()).isEqualTo(text(result));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvFileSource(resources = "errors.cases", delimiter = '|', quoteCharacter = '¤')
  void rejects(String description, String word, String message) {
    assertThatThrownBy(() -> expander.expand(word, VARIABLES))
        .isInstanceOf(ExpansionException.class)
        .hasMessage(message);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvFileSource(resources = "split.cases", delimiter = '|', quoteCharacter = '¤')
  void splits(String description, String word, String words) {
    var split = expander.expand(text(word), VARIABLES).words();

    assertThat(split.stream().map(w -> "[" + w + "]").collect(Collectors.joining()))
        .isEqualTo(text(words));
  }

  @Test
  void supportsBacktickAsEscapeCharacter() {
    var backtick = new WordExpander('`');

    assertThat(backtick.expand("`$A C:\\$A", VARIABLES).text()).isEqualTo("$A C:\\a");
    assertThat(backtick.expand("\"`\" C:\\x\"", VARIABLES).text()).isEqualTo("\" C:\\x");
  }

  @Test
  void keepsQuotesOnRequest() {
    assertThat(expander.keepingQuotes().expand("'$A' \"$A\"", VARIABLES).text())
        .isEqualTo("'$A' \"a\"");
  }

  @Test
  void keepsEscapesOnRequest() {
    assertThat(expander.keepingEscapes().expand("a\\ b", VARIABLES).text()).isEqualTo("a\\ b");
  }

  @Test
  void ignoresQuotesInHeredocs() {
    assertThat(expander.ignoringQuotes().expand("it's \"$A\" \\$A", VARIABLES).text())
        .isEqualTo("it's \"a\" $A");
  }

  @Test
  void keepsUnsetVariablesOnRequest() {
    var keeping = expander.keepingUnset();

    assertThat(keeping.expand("$A $X ${X} ${X:-$A} ${X#p} ${X/a/b}", VARIABLES).text())
        .isEqualTo("a $X ${X} ${X:-a} ${X#p} ${X/a/b}");
  }

  @Test
  void reportsMatchedAndUnmatchedVariables() {
    var expansion = expander.expand("$A $B ${C:-x} ${EMPTY}", VARIABLES);

    assertThat(expansion.matched()).containsExactlyInAnyOrder("A", "EMPTY");
    assertThat(expansion.unmatched()).containsExactly("B");
  }

  @Test
  void wildcardsDoNotCrossLineEnds() {
    Variables lines = name -> Optional.of("a\nb");

    assertThat(expander.expand("${X##*}", lines).text()).isEqualTo("\nb");
    assertThat(expander.expand("${X%%*}", lines).text()).isEqualTo("a\n");
  }

  @Test
  void rejectsUnboundedValues() {
    Variables large = name -> Optional.of("x".repeat(1 << 20));

    assertThatThrownBy(() -> expander.expand("$A".repeat(20), large))
        .hasMessageEndingWith("the expanded text is larger than 16 MiB");
  }

  @Test
  void rejectsUnboundedNesting() {
    var word = "${A:+".repeat(100_000);

    assertThatThrownBy(() -> expander.expand(word, VARIABLES))
        .isInstanceOf(ExpansionException.class);
  }

  @Test
  void matchesPathologicalPatternsInTime() {
    Variables many = name -> Optional.of("a".repeat(5_000));
    var pattern = "*a".repeat(500) + "b";

    org.junit.jupiter.api.Assertions.assertTimeout(
        Duration.ofMinutes(2),
        () -> {
          try {
            expander.expand("${X#" + pattern + "}${X//" + pattern + "/x}", many);
          } catch (ExpansionException e) {
            assertThat(e).hasMessageEndingWith("the pattern takes too long to match");
          }
        });
  }

  private static String text(String cell) {
    return cell == null ? "" : cell;
  }
}
