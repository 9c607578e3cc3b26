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

/** Converts Pods to maps and back by the client's model. Fields unknown to the model are errors. */
final class PodSchema {
  private static final ObjectMapper STRICT =
      new ObjectMapper()
          .setAnnotationIntrospector(new KnownFieldsOnly())
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private PodSchema() {}

  /** Stops the model from collecting unknown fields in a map. */
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
   * @throws IllegalArgumentException if the tree is not a valid Pod
   */
  static Pod pod(Map<?, ?> tree) {
    return STRICT.convertValue(tree, Pod.class);
  }

  /**
   * Checks that a patch matches the schema of a Pod.
   *
   * @throws IllegalArgumentException if it does not; the message begins with the field of the
   *     ImageBuild
   */
  static void check(PodPatch patch) {
    var tree = withoutDirectives(patch);
    try {
      pod(tree);
    } catch (IllegalArgumentException e) {
      if (e.getCause() instanceof JsonMappingException mapping) {
        var field = patch.sourceOf(path(tree, mapping.getPath()));
        throw new IllegalArgumentException(field + reason(mapping), e);
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

  private static String reason(JsonMappingException e) {
    if (e instanceof UnrecognizedPropertyException) {
      return " is not a field of a Pod";
    }
    var message = String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse("");
    return " has a value that the field of a Pod cannot have: " + message;
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
        path =
            path.element(
                value == null ? "" + index : StrategicMerge.elementName(name, value, index));
      }
    }
    return path;
  }
}
