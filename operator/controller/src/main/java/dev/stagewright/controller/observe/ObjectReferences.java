package dev.stagewright.controller.observe;

import dev.stagewright.api.v1alpha1.BuildSecret;
import dev.stagewright.api.v1alpha1.ImageBuildSpec;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the fields of a spec that refer to other objects. */
public record ObjectReferences(ImageBuildSpec spec) {
  private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

  /**
   * A field that refers to an object.
   *
   * @param path of the field, {@code [spec, secrets, [token], secret, name]}
   */
  private record Reference(List<String> path, String name) {
    String field() {
      return path.stream()
          .map(segment -> segment.startsWith("[") ? segment : "." + segment)
          .collect(Collectors.joining())
          .substring(1);
    }
  }

  /** The paths of the fields that refer to this object; the empty string if none does. */
  String fields(ObjectKind kind, String name) {
    return references(kind)
        .filter(reference -> reference.name().equals(name))
        .map(Reference::field)
        .distinct()
        .collect(Collectors.joining(" and "));
  }

  /** The names of all objects of a kind. */
  List<String> names(ObjectKind kind) {
    return references(kind).map(Reference::name).distinct().toList();
  }

  /** The keys of a Secret that the build needs; the empty string if it names none. */
  String keys(String secret) {
    return secrets()
        .filter(it -> it.secret().name().equals(secret))
        .map(it -> it.secret().key())
        .distinct()
        .collect(Collectors.joining(", "));
  }

  /** The names of the Secrets in which the build needs this key. */
  String secretsWithKey(String key) {
    return secrets()
        .filter(it -> it.secret().key().equals(key))
        .map(it -> it.secret().name())
        .distinct()
        .collect(Collectors.joining(" or "));
  }

  private Stream<BuildSecret> secrets() {
    return Stream.concat(
        spec.secrets().stream(), spec.stages().stream().flatMap(it -> it.secrets().stream()));
  }

  private Stream<Reference> references(ObjectKind kind) {
    var tree = SERIALIZATION.convertValue(spec, Map.class);
    return leaves(List.of("spec"), tree).filter(leaf -> kind.isReferencedAt(leaf.path()));
  }

  private static Stream<Reference> leaves(List<String> path, Object value) {
    return switch (value) {
      case Map<?, ?> fields ->
          fields.entrySet().stream()
              .filter(entry -> entry.getValue() != null)
              .flatMap(entry -> leaves(plus(path, (String) entry.getKey()), entry.getValue()));
      case List<?> elements ->
          Stream.iterate(0, index -> index + 1)
              .limit(elements.size())
              .flatMap(index -> leaves(plus(path, label(elements, index)), elements.get(index)));
      case String text -> Stream.of(new Reference(path, text));
      default -> Stream.empty();
    };
  }

  /** The id or name of an element, or its index. */
  private static String label(List<?> elements, int index) {
    if (elements.get(index) instanceof Map<?, ?> fields && fields.size() > 1) {
      for (var key : List.of("id", "name")) {
        if (fields.get(key) instanceof String name) {
          return "[" + name + "]";
        }
      }
    }
    return "[" + index + "]";
  }

  private static List<String> plus(List<String> path, String segment) {
    return Stream.concat(path.stream(), Stream.of(segment)).toList();
  }
}
