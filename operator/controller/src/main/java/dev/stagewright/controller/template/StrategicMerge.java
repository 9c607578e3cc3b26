package dev.stagewright.controller.template;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Merges a patch into an object by the rules of strategic merge patches for Pods: objects field by
 * field, lists with a merge key element by element, other lists as a whole. {@code null} removes a
 * field, and the directive {@code $patch} replaces or deletes an object or an element.
 *
 * <p>The result is that of the API server, with two exceptions. An existing volume keeps only the
 * fields that the patch contains: {@code kubectl apply} adds the directive {@code $retainKeys} to
 * its patches for the same effect, since a volume can have only one source. And {@code $patch:
 * replace} beside other fields of an element replaces this element, where the API server drops it.
 *
 * <p>The arguments are not changed.
 */
final class StrategicMerge {
  static final String DIRECTIVE = "$patch";
  private static final String REPLACE = "replace";
  private static final String DELETE = "delete";
  private static final Set<String> VALUES = Set.of(REPLACE, DELETE, "merge");

  /** {@code patchMergeKey} of the Kubernetes API, by the name of the field that holds the list. */
  private static final Map<String, String> MERGE_KEYS =
      Map.ofEntries(
          Map.entry("containers", "name"),
          Map.entry("initContainers", "name"),
          Map.entry("ephemeralContainers", "name"),
          Map.entry("volumes", "name"),
          Map.entry("imagePullSecrets", "name"),
          Map.entry("schedulingGates", "name"),
          Map.entry("resourceClaims", "name"),
          Map.entry("env", "name"),
          Map.entry("volumeMounts", "mountPath"),
          Map.entry("volumeDevices", "devicePath"),
          Map.entry("ports", "containerPort"),
          Map.entry("hostAliases", "ip"),
          Map.entry("topologySpreadConstraints", "topologyKey"),
          Map.entry("ownerReferences", "uid"));

  /** The lists with {@code retainKeys} as their {@code patchStrategy}. */
  private static final Set<String> RETAIN_KEYS = Set.of("volumes", "resourceClaims");

  private StrategicMerge() {}

  /**
   * The object with the patch merged into it.
   *
   * @throws IllegalArgumentException if the patch is invalid; the message begins with the field
   */
  static Map<String, Object> merge(Map<?, ?> object, Map<?, ?> patch) {
    return objects(FieldPath.ROOT, object, patch);
  }

  /** Identifies an element of a list in a path: the value of its merge key, or its index. */
  static String elementName(String list, Object element, int index) {
    return Optional.ofNullable(MERGE_KEYS.get(list))
        .filter(_ -> element instanceof Map<?, ?>)
        .flatMap(key -> Optional.ofNullable(((Map<?, ?>) element).get(key)))
        .map(Object::toString)
        .orElseGet(() -> Integer.toString(index));
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
          throw new IllegalArgumentException(
              at.field(name) + " is not a supported directive; use $patch");
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
          Optional.ofNullable(MERGE_KEYS.get(name))
              .<Object>map(key ->
                  new Elements(at, key, RETAIN_KEYS.contains(name))
                      .merge(before instanceof List<?> list ? list : List.of(), elements))
              .orElse(elements);
      default -> patch;
    };
  }

  /**
   * Merges lists whose elements have a merge key.
   *
   * @param retainKeys whether an element keeps only the fields that the patch contains
   */
  private record Elements(FieldPath at, String key, boolean retainKeys) {

    List<Object> merge(List<?> before, List<?> patch) {
      var isReplaced = patch.stream().anyMatch(Elements::isListReplacement);
      var elements = keyed(patch);
      if (isReplaced || before.isEmpty()) {
        return elements.stream().filter(it -> !isDeletion(it)).<Object>map(this::added).toList();
      }
      var merged = new ArrayList<Object>(before);
      for (var element : elements) {
        var index = indexOf(merged, element);
        if (isDeletion(element)) {
          merged.removeIf(it -> hasName(it, name(element)));
        } else if (index < 0) {
          merged.add(added(element));
        } else {
          merged.set(index, objects(path(element), base(merged.get(index), element), element));
        }
      }
      return inOrder(before, merged, elements);
    }

    /** An element with nothing but the directive applies to the whole list. */
    private static boolean isListReplacement(Object element) {
      return element.equals(Map.of(DIRECTIVE, REPLACE));
    }

    private boolean isDeletion(Map<?, ?> element) {
      return directive(path(element), element).equals(DELETE);
    }

    private List<Map<?, ?>> keyed(List<?> patch) {
      var elements = new ArrayList<Map<?, ?>>();
      for (var i = 0; i < patch.size(); i++) {
        if (isListReplacement(patch.get(i))) {
          continue;
        }
        if (!(patch.get(i) instanceof Map<?, ?> fields) || fields.get(key) == null) {
          throw new IllegalArgumentException(at.element(Integer.toString(i)) + " has no " + key);
        }
        elements.add(fields);
      }
      return elements;
    }

    private Map<String, Object> added(Map<?, ?> element) {
      return objects(path(element), Map.of(), element);
    }

    private Map<?, ?> base(Object existing, Map<?, ?> patch) {
      var base = new LinkedHashMap<Object, Object>((Map<?, ?>) existing);
      if (retainKeys) {
        base.keySet().retainAll(patch.keySet());
      }
      return base;
    }

    /**
     * Keeps the order of the patch, and inserts each other element before the first element of the
     * patch that followed it. New elements are therefore first.
     */
    private List<Object> inOrder(List<?> before, List<?> merged, List<Map<?, ?>> patch) {
      var others =
          merged.stream().filter(it -> indexOf(patch, it) < 0).collect(Collectors.toList());
      var patched =
          merged.stream()
              .filter(it -> indexOf(patch, it) >= 0)
              .sorted(Comparator.comparingInt(it -> indexOf(patch, it)))
              .toList();
      var result = new ArrayList<Object>();
      for (var element : patched) {
        var position = indexOf(before, element);
        while (!others.isEmpty() && indexOf(before, others.getFirst()) < position) {
          result.add(others.removeFirst());
        }
        result.add(element);
      }
      result.addAll(others);
      return result;
    }

    private int indexOf(List<?> elements, Object element) {
      for (var i = 0; i < elements.size(); i++) {
        if (hasName(elements.get(i), name(element))) {
          return i;
        }
      }
      return -1;
    }

    private boolean hasName(Object element, String name) {
      return name.equals(name(element));
    }

    private String name(Object element) {
      return element instanceof Map<?, ?> fields ? String.valueOf(fields.get(key)) : "";
    }

    private FieldPath path(Map<?, ?> element) {
      return at.element(name(element));
    }
  }
}
