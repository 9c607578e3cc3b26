package dev.stagewright.dockerfile.parser;

import dev.stagewright.dockerfile.expand.ExpansionException;
import dev.stagewright.dockerfile.expand.Variables;
import dev.stagewright.dockerfile.expand.WordExpander;
import dev.stagewright.dockerfile.instruction.Heredoc;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Finds the heredoc operators in a line: {@code <<EOF}, {@code << EOF}, {@code <<-EOF}, {@code
 * 3<<"EOF"}. As in BuildKit, white space is allowed after {@code <<}, but not after {@code <<-}.
 */
public final class HeredocWords {
  private static final Pattern WORD = Pattern.compile("(\\d*+)<<(-?)[\\t\\n\\f\\r ]*+([^<]*+)");
  private static final WordExpander LEXER = new WordExpander('\\').keepingUnset();
  private static final WordExpander LINE_LEXER = LEXER.keepingQuotes().keepingEscapes();

  private HeredocWords() {}

  /** The heredocs of a line, without content. */
  static List<Heredoc> of(String line) {
    if (!line.contains("<<")) {
      return List.of();
    }
    List<String> words;
    try {
      words = LINE_LEXER.expand(ArithmeticMask.of(line), Variables.none()).words();
    } catch (ExpansionException e) {
      // The line is not valid here but can be valid for the shell; then it has no heredoc.
      return List.of();
    }
    return words.stream().flatMap(word -> parse(word).stream()).toList();
  }

  /** The heredoc of a word; empty if the word is not a heredoc operator. */
  public static Optional<Heredoc> parse(String word) {
    var match = WORD.matcher(word);
    if (!match.matches() || match.group(3).isEmpty()) {
      return Optional.empty();
    }
    var rest = match.group(3);
    try {
      var plain = LEXER.expand(rest, Variables.none()).words();
      var quoted = LEXER.keepingQuotes().expand(rest, Variables.none()).words();
      if (plain.size() != 1 || quoted.size() != 1) {
        return Optional.empty();
      }
      var name = plain.getFirst();
      boolean expand = quotes(name) == quotes(quoted.getFirst());
      return Optional.of(
          new Heredoc(name, descriptor(match.group(1)), expand, match.group(2).equals("-"), ""));
    } catch (ExpansionException e) {
      return Optional.empty();
    }
  }

  private static int descriptor(String digits) {
    return digits.isEmpty() || digits.length() > 9 ? 0 : Integer.parseInt(digits);
  }

  private static long quotes(String word) {
    return word.chars().filter(c -> c == '\'' || c == '"').count();
  }
}
