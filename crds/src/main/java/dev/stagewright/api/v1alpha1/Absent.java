package dev.stagewright.api.v1alpha1;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Replaces collections that a resource does not set. */
final class Absent {
  private Absent() {}

  static <T> List<T> asEmpty(@Nullable List<T> list) {
    return list == null ? List.of() : List.copyOf(list);
  }

  /** Preserves the order, so that objects derived from a map are deterministic. */
  static <V> Map<String, V> asEmpty(@Nullable Map<String, V> map) {
    return map == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }
}
