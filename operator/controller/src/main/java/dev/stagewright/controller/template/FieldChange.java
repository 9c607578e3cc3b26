package dev.stagewright.controller.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A field of a Pod that a patch sets or removes.
 *
 * @param value the new value; null if the patch removes the field and everything in it
 */
record FieldChange(FieldPath field, @Nullable Object value) {

  /** All changes of a patch, as innermost fields. */
  static List<FieldChange> of(PodPatch patch) {
    return changes(FieldPath.ROOT, "", patch.tree()).toList();
  }

  private static Stream<FieldChange> changes(FieldPath at, String name, @Nullable Object value) {
    return switch (value) {
      case Map<?, ?> fields when !fields.isEmpty() ->
          fields.entrySet().stream()
              .flatMap(entry -> ofField(at, String.valueOf(entry.getKey()), entry.getValue()));
      case List<?> elements when !elements.isEmpty() -> ofElements(at, name, elements);
      case null, default -> Stream.of(new FieldChange(at, value));
    };
  }

  private static Stream<FieldChange> ofField(FieldPath at, String name, @Nullable Object value) {
    if (name.equals(StrategicMerge.DIRECTIVE)) {
      return Stream.of(new FieldChange(at, "merge".equals(value) ? Map.of() : null));
    }
    return changes(at.field(name), name, value);
  }

  private static Stream<FieldChange> ofElements(FieldPath at, String name, List<?> elements) {
    var changes = new ArrayList<Stream<FieldChange>>();
    for (var i = 0; i < elements.size(); i++) {
      var element = elements.get(i);
      var isListDirective =
          element instanceof Map<?, ?> fields
              && fields.size() == 1
              && fields.containsKey(StrategicMerge.DIRECTIVE);
      changes.add(
          isListDirective
              ? Stream.of(new FieldChange(at, null))
              : changes(at.element(StrategicMerge.elementName(name, element, i)), "", element));
    }
    return changes.stream().flatMap(all -> all);
  }

  /** Whether this change sets or removes a field that matches the pattern. */
  boolean affects(FieldPath pattern) {
    return pattern.covers(field) || (value == null && pattern.liesIn(field));
  }
}
