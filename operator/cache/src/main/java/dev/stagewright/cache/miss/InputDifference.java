package dev.stagewright.cache.miss;

import dev.stagewright.cache.key.KeyInput;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the inputs of a step that differ between two builds. */
final class InputDifference {
  private static final String DIGEST = "sha256:";

  private InputDifference() {}

  /** A clause for each input; none if all are equal. */
  static List<String> of(List<KeyInput> before, List<KeyInput> now) {
    if (before.isEmpty()) {
      // The record was too large for them.
      return now.isEmpty() ? List.of() : List.of("its inputs changed");
    }
    var old = byName(before);
    var current = byName(now);
    var names = new LinkedHashSet<>(current.keySet());
    names.addAll(old.keySet());
    var changes = new ArrayList<String>();
    for (var name : names) {
      var was = Optional.ofNullable(old.get(name));
      var is = Optional.ofNullable(current.get(name));
      if (!was.equals(is)) {
        changes.add(change(shown(name), was, is));
      }
    }
    if (changes.isEmpty() && !before.equals(now)) {
      changes.add("the order of its variables changed");
    }
    return changes;
  }

  private static Map<String, String> byName(List<KeyInput> inputs) {
    var values = new LinkedHashMap<String, String>();
    inputs.forEach(input -> values.put(input.name(), input.value()));
    return values;
  }

  private static String shown(String name) {
    return Phrase.value(
        name.startsWith(KeyInput.VARIABLE) ? name.substring(KeyInput.VARIABLE.length()) : name);
  }

  private static String change(String name, Optional<String> was, Optional<String> is) {
    if (was.isEmpty()) {
      return name
          + is.filter(value -> !isDigest(value))
              .map(value -> " is new: " + Phrase.value(value))
              .orElse(" is new");
    }
    if (is.isEmpty()) {
      return name + " is no longer set";
    }
    return isDigest(was.get()) || isDigest(is.get())
        ? name + " changed"
        : name + " was " + Phrase.value(was.get()) + " and is " + Phrase.value(is.get());
  }

  private static boolean isDigest(String value) {
    return value.startsWith(DIGEST);
  }
}
