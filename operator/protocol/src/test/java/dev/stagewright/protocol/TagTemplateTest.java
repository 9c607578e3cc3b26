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
  void putsValuesIn(String template, String tag) {
    assertThat(new TagTemplate(template).with(VALUES).tag()).isEqualTo(tag);
  }

  @Test
  void valuesMayComeOneAfterTheOther() {
    var half = new TagTemplate("{{.Name}}-{{.Commit}}").with(Map.of(Variable.Name, "hello"));

    assertThat(half.isOpen()).isTrue();
    assertThat(half.with(Map.of(Variable.Commit, "0a")).tag()).isEqualTo("hello-0a");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{{.Commits}} | '{{.Commits}}': there is no {{.Commits}}; known are {{.Commit}},",
        "{{Commit}}   | '{{Commit}}' is no template for a tag",
        "a-{{.Commit  | 'a-{{.Commit' is no template for a tag",
        "}}           | '}}' is no template for a tag"
      })
  void refusesWhatItDoesNotKnow(String template, String message) {
    assertThatThrownBy(() -> new TagTemplate(template))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "v-{{.Commit}} | {{.Commit}} has no value in 'v-{{.Commit}}': the source is no git repo",
        "{{.Time}}     | {{.Time}} has no value in '{{.Time}}': no time is known",
        "a/b           | 'a/b' is no valid tag: it has a '/'; letters, digits, '_', '.' and '-'",
        "-a            | '-a' is no valid tag: it begins with '-'",
        "\"\"          | '' is no valid tag: it is empty"
      })
  void saysWhyThereIsNoTag(String template, String message) {
    assertThatThrownBy(() -> new TagTemplate(template).with(VALUES).tag())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void aTagHasALimitedLength() {
    assertThat(new TagTemplate("a".repeat(128)).tag()).hasSize(128);
    assertThatThrownBy(() -> new TagTemplate("a".repeat(129)).tag())
        .hasMessageEndingWith("it has 129 characters, and at most 128 are allowed");
  }
}
