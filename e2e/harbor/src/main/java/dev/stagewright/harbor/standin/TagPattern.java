package dev.stagewright.harbor.standin;

import java.util.regex.Pattern;

/**
 * Which tags a rule is for.
 *
 * @param text with {@code *} for anything
 */
record TagPattern(String text) {
  boolean matches(String tag) {
    var expression = Pattern.quote(text).replaceAll("\\*+", "\\\\E.*\\\\Q");
    return tag.matches(expression);
  }
}
