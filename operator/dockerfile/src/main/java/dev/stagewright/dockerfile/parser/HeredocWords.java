package dev.stagewright.dockerfile.parser;

import dev.stagewright.dockerfile.expand.ExpansionException;
import dev.stagewright.dockerfile.expand.Variables;
import dev.stagewright.dockerfile.expand.WordExpander;
import dev.stagewright.dockerfile.instruction.Heredoc;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Finds the words that begin a heredoc: {@code <<EOF}, {@code << EOF}, {@code <<-EOF}, {@code
 * 3<<"EOF"}. As in BuildKit, blanks may stand behind {@code <<}, but not behind {@code <<-}.
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
      // The shell may well understand what we do not; then there is no heredoc of ours in it.
      return List.of();
    }
    return words.stream().flatMap(word -> parse(word).stream()).toList();
  }

  /** The heredoc that a word begins; empty where it begins none. */
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
