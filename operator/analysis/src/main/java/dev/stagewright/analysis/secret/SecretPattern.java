package dev.stagewright.analysis.secret;

import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What a kind of secret looks like.
 *
 * @param kind the name; that of the rule of gitleaks where there is one
 * @param start the fixed text that a secret begins with
 * @param rest what follows; the last group is the value, if there is a group
 * @param where the files that can contain it, by path
 */
record SecretPattern(String kind, String start, Pattern rest, Predicate<String> where) {
  /** Random text of the length of a token has more. */
  private static final double MIN_ENTROPY = 2.5;

  /** What documentation and tests use instead of values. */
  private static final List<String> PLACEHOLDERS =
      List.of(
          "example",
          "xxxx",
          "00000",
          "12345",
          "abcdef",
          "placeholder",
          "redacted",
          "dummy",
          "fake",
          "changeme",
          "password",
          "your_",
          "your-",
          "****");

  /** A token that can be anywhere. */
  static SecretPattern token(String kind, String start, String rest) {
    return new SecretPattern(kind, start, Pattern.compile("(" + rest + ")(?![\\w-])"), _ -> true);
  }

  /** Whether the text that follows the start is such a secret. */
  boolean matches(CharSequence following) {
    var matcher = rest.matcher(following);
    if (!matcher.lookingAt()) {
      return false;
    }
    return matcher.groupCount() == 0 || isRandom(matcher.group(matcher.groupCount()));
  }

  private static boolean isRandom(String value) {
    var lower = value.toLowerCase(Locale.ROOT);
    return value.indexOf('$') < 0
        && value.indexOf('<') < 0
        && value.indexOf('{') < 0
        && PLACEHOLDERS.stream().noneMatch(lower::contains)
        && (value.length() < 16 || entropy(value) >= MIN_ENTROPY);
  }

  private static double entropy(String value) {
    return value
        .chars()
        .distinct()
        .mapToDouble(letter -> {
          var share = (double) value.chars().filter(c -> c == letter).count() / value.length();
          return -share * Math.log(share) / Math.log(2);
        })
        .sum();
  }
}
