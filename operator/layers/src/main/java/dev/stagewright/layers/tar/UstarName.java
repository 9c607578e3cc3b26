package dev.stagewright.layers.tar;

import dev.stagewright.layers.tar.HeaderBlock.Field;
import java.util.Optional;

/**
 * A name in a ustar header: two fields, joined by a slash that is not stored.
 *
 * @param prefix the prefix; empty if the name field is sufficient
 * @param name the rest, or the whole name
 */
record UstarName(String prefix, String name) {

  /** Splits a name so that both parts fit; empty if this is not possible. */
  static Optional<UstarName> split(String raw) {
    if (raw.length() <= Field.NAME.length) {
      return Optional.of(new UstarName("", raw));
    }
    // The last slash that leaves a name, including the trailing slash of a directory.
    var slash = raw.lastIndexOf('/', Math.min(Field.PREFIX.length, raw.length() - 2));
    if (slash <= 0 || raw.length() - slash - 1 > Field.NAME.length) {
      return Optional.empty();
    }
    return Optional.of(new UstarName(raw.substring(0, slash), raw.substring(slash + 1)));
  }

  /** Joins the two fields. */
  String joined() {
    return prefix.isEmpty() ? name : prefix + "/" + name;
  }
}
