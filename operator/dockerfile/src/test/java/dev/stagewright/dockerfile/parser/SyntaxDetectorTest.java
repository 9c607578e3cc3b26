package dev.stagewright.dockerfile.parser;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SyntaxDetectorTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '¤',
      textBlock =
          """
          a comment                     | # syntax=a/b:1⏎FROM x          | 1 a/b:1
          blanks around                 | #  syntax =  a/b:1 ⏎FROM x     | 1 a/b:1
          after another directive       | # escape=`⏎# syntax=a⏎FROM x   | 2 a
          after an interpreter          | #!/usr/bin/x⏎# syntax=a        | 2 a
          a comment of another language | // syntax=a⏎x                  | 1 a
          a JSON object                 | {"x": [1], "syntax": "a"}      | 1 a
          JSON after an interpreter     | #!/x⏎{"syntax": "a"}           | 2 a
          options after the name        | # syntax=a k=v                 | 1 a k=v
          after a comment               | # hi⏎# syntax=a                |
          after a blank line            | ⏎# syntax=a                    |
          JSON that is broken           | {"syntax": "a"                 |
          JSON of another type          | {"syntax": 1}                  |
          nothing                       | FROM x                         |
          """)
  void detects(String description, String text, String expected) {
    var found = SyntaxDetector.detect(Cells.text(text));

    assertThat(found.map(d -> d.line() + " " + d.value()).orElse(""))
        .isEqualTo(Cells.text(expected));
  }
}
