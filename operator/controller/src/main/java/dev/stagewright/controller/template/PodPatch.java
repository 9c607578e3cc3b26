package dev.stagewright.controller.template;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A change that a user makes to Pods.
 *
 * @param source the field of the ImageBuild that asks for it
 * @param at the field of the Pod that gets {@code value}; the root for a whole template
 * @param value as JSON has it: maps, lists, text, numbers, flags
 */
record PodPatch(String source, FieldPath at, Object value) {

  /** The patch as a Pod has it, from its root. */
  Map<?, ?> tree() {
    var tree = value;
    for (var segment : at.segments().reversed()) {
      tree =
          segment.startsWith("[")
              ? List.of(named(segment.substring(1, segment.length() - 1), (Map<?, ?>) tree))
              : Map.of(segment, tree);
    }
    return (Map<?, ?>) tree;
  }

  private static Map<Object, Object> named(String name, Map<?, ?> fields) {
    var element = new LinkedHashMap<Object, Object>(fields);
    element.put("name", name);
    return element;
  }

  /** Where users find a field of the Pod that this patch sets. */
  String place(FieldPath field) {
    var inner = field.from(at.segments().size()).toString();
    return source + (inner.isEmpty() || inner.startsWith("[") ? "" : ".") + inner;
  }
}
