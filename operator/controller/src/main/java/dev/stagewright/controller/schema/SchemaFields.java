package dev.stagewright.controller.schema;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stagewright.api.v1alpha1.ImageBuild;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The fields and enum values of a schema, for example {@code status.stages[].phase} and {@code
 * status.stages[].phase=Running}.
 */
public record SchemaFields(Set<String> names) {
  private static final String RESOURCE = "fields.txt";

  /** Copies the set. */
  public SchemaFields {
    names = Set.copyOf(names);
  }

  /** The fields of the CRD that this version of the operator was built with. */
  public static SchemaFields ofThisVersion() {
    try (var stream = ImageBuild.class.getResourceAsStream(RESOURCE)) {
      if (stream == null) {
        throw new IllegalStateException("the resource " + RESOURCE + " is missing");
      }
      return new SchemaFields(
          new String(stream.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .collect(Collectors.toSet()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The fields of an OpenAPI v3 schema without references, such as that of a custom resource. */
  static SchemaFields of(JsonNode schema) {
    var names = new TreeSet<String>();
    collect("", schema, names);
    return new SchemaFields(names);
  }

  private static void collect(String path, JsonNode schema, Set<String> names) {
    schema.path("enum").forEach(value -> names.add(path + "=" + value.asText()));
    schema
        .path("properties")
        .properties()
        .forEach(property -> {
          var child = path.isEmpty() ? property.getKey() : path + "." + property.getKey();
          names.add(child);
          collect(child, property.getValue(), names);
        });
    if (schema.has("items")) {
      collect(path + "[]", schema.get("items"), names);
    }
    if (schema.path("additionalProperties").isObject()) {
      collect(path + "{}", schema.get("additionalProperties"), names);
    }
  }

  /**
   * What this schema has and another lacks, sorted. A field that is missing stands for the fields
   * and values below it.
   */
  public List<String> missingIn(SchemaFields other) {
    var missing = new TreeSet<>(names);
    missing.removeAll(other.names());
    return missing.stream().filter(name -> !hasMissingParent(name, missing)).toList();
  }

  private static boolean hasMissingParent(String name, Set<String> missing) {
    for (var i = name.length() - 1; i > 0; i--) {
      if (".=[{".indexOf(name.charAt(i)) >= 0 && missing.contains(name.substring(0, i))) {
        return true;
      }
    }
    return false;
  }
}
