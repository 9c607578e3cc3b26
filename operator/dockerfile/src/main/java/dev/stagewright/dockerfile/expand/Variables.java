package dev.stagewright.dockerfile.expand;

import java.util.Map;
import java.util.Optional;

/** The values of variables for expansion. */
@FunctionalInterface
public interface Variables {
  /** The value of a variable; empty if the variable is not set. */
  Optional<String> value(String name);

  /** Variables without values. */
  static Variables none() {
    return name -> Optional.empty();
  }

  /** The variables of a map. */
  static Variables of(Map<String, String> values) {
    return name -> Optional.ofNullable(values.get(name));
  }
}
