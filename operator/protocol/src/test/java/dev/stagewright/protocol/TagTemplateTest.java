package dev.stagewright.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stagewright.protocol.TagTemplate.Variable;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TagTemplateTest {
  private static final Map<Variable, String> VALUES =
      Map.of(Variable.Branch, "main", Variable.ShortCommit, "0123abc", Variable.Date, "2026-11-21");

  @ParameterizedTest
  @CsvSource({
    "1.0, 1.0",
    "{{.Branch}}-{{.ShortCommit}}, main-0123abc",
    "{{ .Date }}, 2026-11-21",
    "_{{.Branch}}{{.Branch}}, _mainmain"
  })
  void variablesAreReplaced(String template, String tag) {
    assertThat(new TagTemplate(template).with(VALUES).tag()).isEqualTo(tag);
  }

  @Test
  void variablesAreReplacedStepByStep() {
    var half = new TagTemplate("{{.Name}}-{{.Commit}}").with(Map.of(Variable.Name, "hello"));

    assertThat(half.isOpen()).isTrue();
    assertThat(half.with(Map.of(Variable.Commit, "0a")).tag()).isEqualTo("hello-0a");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{{.Commits}} | '{{.Commits}}': unknown variable {{.Commits}}; supported variables are {{.Commit}},",
        "{{Commit}}   | '{{Commit}}' is not a valid template of a tag",
        "a-{{.Commit  | 'a-{{.Commit' is not a valid template of a tag",
        "}}           | '}}' is not a valid template of a tag"
      })
  void malformedTemplateIsRejected(String template, String message) {
    assertThatThrownBy(() -> new TagTemplate(template))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "v-{{.Commit}} | {{.Commit}} has no value in 'v-{{.Commit}}': the source is not a git",
        "{{.Time}}     | {{.Time}} has no value in '{{.Time}}': the time is unknown",
        "a/b           | 'a/b' is not a valid tag: it contains '/'; letters, digits, '_', '.' and '-'",
        "-a            | '-a' is not a valid tag: it starts with '-'",
        "\"\"          | '' is not a valid tag: it is empty"
      })
  void invalidTagIsRejected(String template, String message) {
    assertThatThrownBy(() -> new TagTemplate(template).with(VALUES).tag())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void tagLengthIsLimited() {
    assertThat(new TagTemplate("a".repeat(128)).tag()).hasSize(128);
    assertThatThrownBy(() -> new TagTemplate("a".repeat(129)).tag())
        .hasMessageEndingWith("it has 129 characters; at most 128 are allowed");
  }
}
