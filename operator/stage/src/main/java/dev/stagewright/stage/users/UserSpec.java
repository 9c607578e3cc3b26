package dev.stagewright.stage.users;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * {@code user[:group]} as in USER and {@code --chown}, each a name or a number.
 *
 * @param user part before the colon
 * @param group part after the colon, which may be an empty text; absent without a colon
 */
record UserSpec(String user, Optional<String> group) {
  static UserSpec parse(String text) {
    var colon = text.indexOf(':');
    return colon < 0
        ? new UserSpec(text, Optional.empty())
        : new UserSpec(text.substring(0, colon), Optional.of(text.substring(colon + 1)));
  }

  /** Parses a number; absent if the text is a name. */
  static OptionalLong number(String text) {
    if (text.isEmpty() || text.length() > 10) {
      return OptionalLong.empty();
    }
    for (var i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return OptionalLong.empty();
      }
    }
    return OptionalLong.of(Long.parseLong(text));
  }
}
