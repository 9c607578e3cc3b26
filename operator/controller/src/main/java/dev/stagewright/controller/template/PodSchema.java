package dev.stagewright.controller.template;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The Pod as the client's model knows it; fields that it does not know are errors here. */
final class PodSchema {
  private static final ObjectMapper STRICT =
      new ObjectMapper()
          .setAnnotationIntrospector(new KnownFieldsOnly())
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private PodSchema() {}

  /** The model takes what it does not know into a map of its own, unless it is told not to. */
  private static final class KnownFieldsOnly extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1L;

    @Override
    public Boolean hasAnySetter(Annotated annotated) {
      return false;
    }
  }

  /** A Pod as maps and lists. */
  static Map<?, ?> tree(Pod pod) {
    return STRICT.convertValue(pod, Map.class);
  }

  /**
   * A Pod from maps and lists.
   *
   * @throws IllegalArgumentException if it is none
   */
  static Pod pod(Map<?, ?> tree) {
    return STRICT.convertValue(tree, Pod.class);
  }

  /**
   * Checks that a patch fits Pods.
   *
   * @throws IllegalArgumentException if it does not; the message begins with the field
   */
  static void check(PodPatch patch) {
    var tree = withoutDirectives(patch);
    try {
      pod(tree);
    } catch (IllegalArgumentException e) {
      if (e.getCause() instanceof JsonMappingException mapping) {
        var field = patch.place(path(tree, mapping.getPath()));
        throw new IllegalArgumentException(field + why(mapping), e);
      }
      throw e;
    }
  }

  private static Map<?, ?> withoutDirectives(PodPatch patch) {
    try {
      return StrategicMerge.merge(Map.of(), patch.tree());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(patch.source() + ": " + e.getMessage(), e);
    }
  }

  private static String why(JsonMappingException e) {
    if (e instanceof UnrecognizedPropertyException) {
      return " is no field of a Pod";
    }
    var message = String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse("");
    return " is not what a Pod has there: " + message;
  }

  private static FieldPath path(Map<?, ?> tree, List<JsonMappingException.Reference> references) {
    var path = FieldPath.ROOT;
    var name = "";
    @Nullable Object value = tree;
    for (var reference : references) {
      if (reference.getFieldName() != null) {
        name = reference.getFieldName();
        path = path.field(name);
        value = value instanceof Map<?, ?> fields ? fields.get(name) : null;
      } else {
        var index = reference.getIndex();
        value =
            value instanceof List<?> elements && index < elements.size()
                ? elements.get(index)
                : null;
        path = path.element(value == null ? "" + index : MergeKeys.nameOf(name, value, index));
      }
    }
    return path;
  }
}
