package dev.stagewright.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Text of commands and servers as the status shows it. */
class PrintableTextTest {
  private static final int MANY = 4096;

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          NUL,                         'a\\0b\\0',                            ab
          bell and delete,             'a\\u0007b\\u007f',                    ab
          tab,                         'a\\tb',                               'a b'
          colours,                     '\\u001b[1;31merror:\\u001b[0m no',     error: no
          colours by colons,           '\\u001b[38:2::1:2:3mred\\u001b[m',     red
          private modes,               '\\u001b[?25lhidden\\u001b[?25h',       hidden
          cursor and clearing,         '\\u001b[2K\\u001b[1A\\u001b[Jline',     line
          title of the window,         '\\u001b]0;title\\u0007text',           text
          link with string terminator, '\\u001b]8;;http://x\\u001b\\\\here\\u001b]8;;\\u001b\\\\', here
          title that never ends,       '\\u001b]0;text',                       0;text
          device control string,       '\\u001bPq#0\\u001b\\\\after',           after
          character sets,              '\\u001b(B\\u001b)0plain\\u001b=',       plain
          escape at the end,           'text\\u001b',                          text
          cut sequence,                'text\\u001b[3',                        text
          one-byte sequences,          '\\u009b31mred\\u009d0;t\\u009cback',    redback
          progress,                    '1%\\r50%\\r100%',                      100%
          progress that ends in return,'1%\\r100%\\r',                         100%
          carriage return line feed,   'line\\r',                              line
          cleared after the last,      'done\\r\\u001b[K',                     done
          spinner,                     'wait -\\b/\\b|\\b done',                'wait  done'
          backspace at the start,      '\\b\\bx',                              x
          right to left override,      'safe\\u202etxt.exe\\u202c',             safetxt.exe
          isolates and marks,          '\\u2066a\\u2069\\u200eb\\u061c',        ab
          zero width,                  'a\\u200bb\\ufeffc\\u00ad',              abc
          line separators,             'a\\u2028b\\u2029c\\u0085d',             'a b cd'
          half of a pair,              'a\\ud83db',                            'a\\ufffdb'
          no character,                'a\\uffffb',                            ab
          other scripts,               'größe 尺寸 \\ud83d\\ude00',             'größe 尺寸 \\ud83d\\ude00'
          joiners,                     'नमस्\\u200dते',                          'नमस्\\u200dते'
          """)
  void lineIsShownAsOnATerminal(String about, String raw, String shown) {
    assertThat(PrintableText.line(unescaped(raw), MANY)).as(about).isEqualTo(unescaped(shown));
  }

  @Test
  void lineHasNoLineBreaks() {
    assertThat(PrintableText.line("RUN a\r\n\n  && b\n", MANY)).isEqualTo("RUN a   && b");
  }

  @Test
  void messageKeepsItsLines() {
    assertThat(PrintableText.message("first\r\nsecond\u001b[0m\n\nlast\0", MANY))
        .isEqualTo("first\nsecond\n\nlast");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "ü", "尺", "\ud83d\ude00"})
  void longTextIsTruncatedBetweenCharacters(String character) {
    var message = PrintableText.message("begin" + character.repeat(3000), 1000);

    assertThat(message.getBytes(StandardCharsets.UTF_8).length).isBetween(990, 1000);
    assertThat(message).startsWith("begin" + character).endsWith(character + " … (cut)");
    assertThat(PrintableText.message(message, 1000)).isEqualTo(message);
  }

  @Test
  void titleOfAScriptIsItsFirstLine() {
    assertThat(PrintableText.title("\n\nset -e\nmake\n", 100)).isEqualTo("set -e …");
    assertThat(PrintableText.title("make", 100)).isEqualTo("make");
    assertThat(PrintableText.title("", 100)).isEmpty();
    assertThat(PrintableText.title("x".repeat(70_000), 10)).isEqualTo("xxxxxxx…");
    assertThat(PrintableText.title("x".repeat(10) + "\ny", 10)).isEqualTo("xxxxxx …");
  }

  @Test
  void tailHasNoBlankLinesAtTheEnd() {
    var lines = List.of("1", "2", "", "3", "\u001b[0m", "4", "", "\u001b[?25h");

    assertThat(PrintableText.tail(lines, 4, 100, 1000)).containsExactly("2", "", "3", "4");
  }

  @Test
  void tailIsLimitedPerLineAndInTotal() {
    var lines = List.of("first", "ä".repeat(100), "x".repeat(1 << 20), "last");

    assertThat(PrintableText.tail(lines, 10, 20, 30)).containsExactly("x".repeat(17) + "…", "last");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void arbitraryTextBecomesPrintable(long seed) {
    var random = new Random(seed);
    var pieces = List.of("\u001b", "[", "]", "\r", "\n", "\b", "\0", "\ud83d", "\udc00", "é", "a");
    for (var round = 0; round < 1000; round++) {
      var text =
          random
              .ints(random.nextInt(60), 0, 0x3000)
              .mapToObj(c -> c < 0x2000 ? pieces.get(c % pieces.size()) : Character.toString(c))
              .collect(Collectors.joining());

      var message = PrintableText.message(text, 40);

      assertThat(message.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(40);
      assertThat(message.codePoints().filter(c -> c != '\n').filter(Character::isISOControl))
          .isEmpty();
      assertThat(PrintableText.message(message, 40)).isEqualTo(message);
    }
  }

  private static String unescaped(String text) {
    return Pattern.compile("\\\\u([0-9a-f]{4})")
        .matcher(text)
        .replaceAll(found ->
            Matcher.quoteReplacement(
                Character.toString((char) Integer.parseInt(found.group(1), 16))))
        .translateEscapes();
  }
}
