package dev.stagewright.harbor.standin;

import java.util.regex.Pattern;

/**
 * The pattern of the tags to which a rule applies.
 *
 * @param text pattern, in which {@code *} matches any text
 */
record TagPattern(String text) {
  boolean matches(String tag) {
    var expression = Pattern.quote(text).replaceAll("\\*+", "\\\\E.*\\\\Q");
    return tag.matches(expression);
  }
}
