package dev.stagewright.layers.tar;

import dev.stagewright.layers.tar.HeaderBlock.Field;
import java.util.Optional;

/**
 * A name as ustar has it: in two fields with a slash between them that is not written.
 *
 * @param prefix empty where the name field is enough
 * @param name the rest, or all
 */
record UstarName(String prefix, String name) {

  /** The name split so that both parts fit; empty if there is no such way. */
  static Optional<UstarName> split(String raw) {
    if (raw.length() <= Field.NAME.length) {
      return Optional.of(new UstarName("", raw));
    }
    // The last slash that leaves a name, a directory's closing slash included.
    var slash = raw.lastIndexOf('/', Math.min(Field.PREFIX.length, raw.length() - 2));
    if (slash <= 0 || raw.length() - slash - 1 > Field.NAME.length) {
      return Optional.empty();
    }
    return Optional.of(new UstarName(raw.substring(0, slash), raw.substring(slash + 1)));
  }

  /** The name that the two fields make. */
  String joined() {
    return prefix.isEmpty() ? name : prefix + "/" + name;
  }
}
