package dev.stagewright.controller.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Merges a patch into an object by the rules of strategic merge patches for Pods: objects field by
 * field, lists with a merge key element by element, other lists as a whole; {@code null} removes a
 * field; the directive {@code $patch} replaces or deletes an object or an element. A volume that is
 * named again keeps only the fields that the patch gives it, since it can have one source only.
 *
 * <p>Neither argument is changed.
 */
final class StrategicMerge {
  static final String DIRECTIVE = "$patch";
  private static final String REPLACE = "replace";
  private static final String DELETE = "delete";
  private static final String VOLUMES = "volumes";
  private static final Set<String> VALUES = Set.of(REPLACE, DELETE, "merge");

  private StrategicMerge() {}

  /**
   * The object with the patch.
   *
   * @throws IllegalArgumentException if the patch makes no sense; the message begins with the field
   */
  static Map<String, Object> merge(Map<?, ?> object, Map<?, ?> patch) {
    return objects(FieldPath.ROOT, object, patch);
  }

  private static Map<String, Object> objects(FieldPath at, Map<?, ?> object, Map<?, ?> patch) {
    var directive = directive(at, patch);
    var result = new LinkedHashMap<String, Object>();
    if (!directive.equals(REPLACE) && !directive.equals(DELETE)) {
      object.forEach((name, value) -> result.put((String) name, value));
    }
    if (directive.equals(DELETE)) {
      return result;
    }
    patch.forEach((key, value) -> {
      var name = (String) key;
      if (value == null) {
        result.remove(name);
      } else if (!name.equals(DIRECTIVE)) {
        result.put(name, value(at.field(name), name, result.get(name), value));
      }
    });
    return result;
  }

  private static String directive(FieldPath at, Map<?, ?> patch) {
    patch.keySet().stream()
        .map(String.class::cast)
        .filter(name -> name.startsWith("$") && !name.equals(DIRECTIVE))
        .findFirst()
        .ifPresent(name -> {
          throw new IllegalArgumentException(at.field(name) + " is no directive: only $patch is");
        });
    var directive = Objects.toString(patch.get(DIRECTIVE), "merge");
    if (!VALUES.contains(directive)) {
      throw new IllegalArgumentException(
          at.field(DIRECTIVE) + " must be merge, replace or delete, but is '" + directive + "'");
    }
    return directive;
  }

  private static Object value(FieldPath at, String name, @Nullable Object before, Object patch) {
    return switch (patch) {
      case Map<?, ?> fields -> objects(at, before instanceof Map<?, ?> m ? m : Map.of(), fields);
      case List<?> elements ->
          MergeKeys.of(name)
              .<Object>map(key ->
                  lists(
                      at,
                      key,
                      before instanceof List<?> l ? l : List.of(),
                      elements,
                      name.equals(VOLUMES)))
              .orElse(elements);
      default -> patch;
    };
  }

  private static List<Object> lists(
      FieldPath at, String key, List<?> before, List<?> patch, boolean oneSource) {
    var isReplaced = patch.stream().anyMatch(StrategicMerge::isReplacement);
    var result = new ArrayList<Object>(isReplaced ? List.of() : before);
    BiFunction<Map<?, ?>, Map<?, ?>, Map<?, ?>> base =
        (old, with) -> oneSource ? retained(old, with) : old;
    for (var i = 0; i < patch.size(); i++) {
      if (isReplacement(patch.get(i))) {
        continue;
      }
      var element = element(at, key, patch.get(i), i);
      var name = String.valueOf(element.get(key));
      var place = at.element(name);
      var index = indexOf(result, key, name);
      if (directive(place, element).equals(DELETE)) {
        result.removeIf(it -> isNamed(it, key, name));
      } else if (index < 0) {
        result.add(objects(place, Map.of(), element));
      } else {
        var old = base.apply((Map<?, ?>) result.get(index), element);
        result.set(index, objects(place, old, element));
      }
    }
    return result;
  }

  /** An element that holds the directive and nothing else is about the whole list. */
  private static boolean isReplacement(Object element) {
    return element.equals(Map.of(DIRECTIVE, REPLACE));
  }

  private static Map<?, ?> element(FieldPath at, String key, Object element, int index) {
    if (element instanceof Map<?, ?> fields && fields.get(key) != null) {
      return fields;
    }
    throw new IllegalArgumentException(at.element(Integer.toString(index)) + " has no " + key);
  }

  private static int indexOf(List<?> elements, String key, String name) {
    for (var i = 0; i < elements.size(); i++) {
      if (isNamed(elements.get(i), key, name)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean isNamed(Object element, String key, String name) {
    return element instanceof Map<?, ?> fields && name.equals(String.valueOf(fields.get(key)));
  }

  private static Map<?, ?> retained(Map<?, ?> old, Map<?, ?> patch) {
    var kept = new LinkedHashMap<Object, Object>(old);
    kept.keySet().retainAll(patch.keySet());
    return kept;
  }
}
