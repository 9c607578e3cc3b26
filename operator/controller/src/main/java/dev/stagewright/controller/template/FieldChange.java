package dev.stagewright.controller.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A field that a patch sets or removes.
 *
 * @param value what it is set to; null where it is removed, with all that lies in it
 */
record FieldChange(FieldPath field, @Nullable Object value) {

  /** All that a patch touches, the innermost fields only. */
  static List<FieldChange> of(PodPatch patch) {
    return tree(FieldPath.ROOT, "", patch.tree()).toList();
  }

  private static Stream<FieldChange> tree(FieldPath at, String name, @Nullable Object value) {
    return switch (value) {
      case Map<?, ?> fields when !fields.isEmpty() ->
          fields.entrySet().stream()
              .flatMap(entry -> field(at, String.valueOf(entry.getKey()), entry.getValue()));
      case List<?> elements when !elements.isEmpty() -> elements(at, name, elements);
      case null, default -> Stream.of(new FieldChange(at, value));
    };
  }

  private static Stream<FieldChange> field(FieldPath at, String name, @Nullable Object value) {
    if (name.equals(StrategicMerge.DIRECTIVE)) {
      return Stream.of(new FieldChange(at, "merge".equals(value) ? Map.of() : null));
    }
    return tree(at.field(name), name, value);
  }

  private static Stream<FieldChange> elements(FieldPath at, String name, List<?> elements) {
    var touches = new ArrayList<Stream<FieldChange>>();
    for (var i = 0; i < elements.size(); i++) {
      var element = elements.get(i);
      var isOfTheList = element instanceof Map<?, ?> fields && fields.size() == 1;
      var isReplacement =
          isOfTheList && ((Map<?, ?>) element).containsKey(StrategicMerge.DIRECTIVE);
      touches.add(
          isReplacement
              ? Stream.of(new FieldChange(at, null))
              : tree(at.element(MergeKeys.nameOf(name, element, i)), "", element));
    }
    return touches.stream().flatMap(all -> all);
  }

  /** Whether this sets or removes what the pattern is of. */
  boolean concerns(FieldPath pattern) {
    return pattern.covers(field) || (value == null && pattern.liesIn(field));
  }
}
