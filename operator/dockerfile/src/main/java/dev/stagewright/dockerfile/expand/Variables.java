package dev.stagewright.dockerfile.expand;

import java.util.Map;
import java.util.Optional;

/** Where expansion finds the values of variables. */
@FunctionalInterface
public interface Variables {
  /** The value of a variable; empty where it is not set. */
  Optional<String> value(String name);

  /** No variable is set. */
  static Variables none() {
    return name -> Optional.empty();
  }

  /** The variables of a map. */
  static Variables of(Map<String, String> values) {
    return name -> Optional.ofNullable(values.get(name));
  }
}
