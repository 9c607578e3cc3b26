package dev.stagewright.dockerfile.render;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Collects the fields of a JSON object in order; omits absent and empty values. */
final class JsonFields {
  private final Map<String, Object> fields = new LinkedHashMap<>();

  JsonFields with(String name, Object value) {
    fields.put(name, value);
    return this;
  }

  JsonFields withAny(String name, Collection<?> values) {
    if (!values.isEmpty()) {
      fields.put(name, values);
    }
    return this;
  }

  JsonFields withAny(String name, Optional<?> value) {
    value.ifPresent(v -> fields.put(name, v));
    return this;
  }

  Map<String, Object> map() {
    return fields;
  }
}
