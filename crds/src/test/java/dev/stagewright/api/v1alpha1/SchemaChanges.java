package dev.stagewright.api.v1alpha1;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Finds incompatible changes between two versions of a CRD: changes because of which the new
 * version rejects, drops or interprets differently a resource that the old version accepts.
 *
 * <p>CEL rules are compared by their text. A rule that the old version does not have counts as an
 * incompatible change.
 */
final class SchemaChanges {
  private static final List<String> UPPER_BOUNDS =
      List.of("maxLength", "maxItems", "maxProperties", "maximum");
  private static final List<String> LOWER_BOUNDS =
      List.of("minLength", "minItems", "minProperties", "minimum");
  private static final List<String> FIXED =
      List.of("default", "x-kubernetes-list-type", "x-kubernetes-list-map-keys");

  private final List<String> incompatible = new ArrayList<>();

  private SchemaChanges() {}

  /**
   * Compares two CRDs.
   *
   * @return one line for each incompatible change, in the order of the old schema
   */
  static List<String> breaking(JsonNode oldCrd, JsonNode newCrd) {
    var changes = new SchemaChanges();
    changes.names(oldCrd.path("spec"), newCrd.path("spec"));
    for (var oldVersion : oldCrd.path("spec").path("versions")) {
      changes.version(oldVersion, newCrd.path("spec").path("versions"));
    }
    return List.copyOf(changes.incompatible);
  }

  private void names(JsonNode oldSpec, JsonNode newSpec) {
    unchanged("CRD", "group", oldSpec, newSpec);
    unchanged("CRD", "scope", oldSpec, newSpec);
    unchanged("CRD", "kind", oldSpec.path("names"), newSpec.path("names"));
    unchanged("CRD", "plural", oldSpec.path("names"), newSpec.path("names"));
    for (var name :
        missing(
            texts(oldSpec.path("names").path("shortNames")),
            texts(newSpec.path("names").path("shortNames")))) {
      incompatible.add("CRD: short name " + name + " was removed");
    }
  }

  private void version(JsonNode oldVersion, JsonNode newVersions) {
    var name = oldVersion.path("name").asText();
    for (var newVersion : newVersions) {
      if (newVersion.path("name").asText().equals(name)) {
        if (oldVersion.path("served").asBoolean() && !newVersion.path("served").asBoolean()) {
          incompatible.add("CRD: version " + name + " is no longer served");
        }
        subresources(oldVersion, newVersion);
        schema(
            "",
            oldVersion.path("schema").path("openAPIV3Schema"),
            newVersion.path("schema").path("openAPIV3Schema"));
        return;
      }
    }
    incompatible.add("CRD: version " + name + " was removed");
  }

  private void subresources(JsonNode oldVersion, JsonNode newVersion) {
    oldVersion
        .path("subresources")
        .fieldNames()
        .forEachRemaining(name -> {
          if (!newVersion.path("subresources").has(name)) {
            incompatible.add("CRD: subresource " + name + " was removed");
          }
        });
  }

  private void schema(String path, JsonNode oldSchema, JsonNode newSchema) {
    if (acceptsEverything(newSchema)) {
      return;
    }
    var at = path.isEmpty() ? "resource" : path;
    if (!isIntOrString(newSchema)) {
      unchanged(at, "type", oldSchema, newSchema);
    }
    FIXED.forEach(keyword -> unchanged(at, keyword, oldSchema, newSchema));
    bounds(at, oldSchema, newSchema);
    values(at, oldSchema, newSchema);
    rules(at, oldSchema, newSchema);
    children(path, oldSchema, newSchema);
  }

  private static boolean acceptsEverything(JsonNode schema) {
    return schema.path("x-kubernetes-preserve-unknown-fields").asBoolean() && !schema.has("type");
  }

  private static boolean isIntOrString(JsonNode schema) {
    return schema.path("x-kubernetes-int-or-string").asBoolean();
  }

  private void bounds(String at, JsonNode oldSchema, JsonNode newSchema) {
    for (var keyword : UPPER_BOUNDS) {
      if (newSchema.has(keyword)
          && (!oldSchema.has(keyword) || number(newSchema, keyword) < number(oldSchema, keyword))) {
        incompatible.add(stricter(at, keyword, oldSchema, newSchema));
      }
    }
    for (var keyword : LOWER_BOUNDS) {
      if (newSchema.has(keyword)
          && (!oldSchema.has(keyword) || number(newSchema, keyword) > number(oldSchema, keyword))) {
        incompatible.add(stricter(at, keyword, oldSchema, newSchema));
      }
    }
    if (newSchema.has("pattern")) {
      unchanged(at, "pattern", oldSchema, newSchema);
    }
  }

  private static double number(JsonNode schema, String keyword) {
    return schema.path(keyword).asDouble();
  }

  private static String stricter(String at, String keyword, JsonNode before, JsonNode after) {
    return at
        + ": "
        + keyword
        + " is stricter: "
        + text(before, keyword)
        + " → "
        + text(after, keyword);
  }

  private void values(String at, JsonNode oldSchema, JsonNode newSchema) {
    if (newSchema.has("enum") && !oldSchema.has("enum")) {
      incompatible.add(at + ": only certain values are accepted now");
    } else if (newSchema.has("enum")) {
      missing(texts(oldSchema.path("enum")), texts(newSchema.path("enum")))
          .forEach(value -> incompatible.add(at + ": value " + value + " was removed"));
    }
    missing(texts(newSchema.path("required")), texts(oldSchema.path("required")))
        .forEach(field -> incompatible.add(at + ": field " + field + " is required now"));
  }

  private void rules(String at, JsonNode oldSchema, JsonNode newSchema) {
    var known = new HashSet<String>();
    oldSchema
        .path("x-kubernetes-validations")
        .forEach(rule -> known.add(rule.path("rule").asText()));
    for (var rule : newSchema.path("x-kubernetes-validations")) {
      if (!known.contains(rule.path("rule").asText())) {
        incompatible.add(at + ": a rule was added: " + rule.path("message").asText());
      }
    }
  }

  private void children(String path, JsonNode oldSchema, JsonNode newSchema) {
    var newProperties = newSchema.path("properties");
    oldSchema
        .path("properties")
        .properties()
        .forEach(property -> {
          var name = property.getKey();
          var child = path.isEmpty() ? name : path + "." + name;
          if (newProperties.has(name)) {
            schema(child, property.getValue(), newProperties.path(name));
          } else if (!newSchema.path("x-kubernetes-preserve-unknown-fields").asBoolean()) {
            incompatible.add(
                (path.isEmpty() ? "resource" : path) + ": field " + name + " was removed");
          }
        });
    if (oldSchema.has("items")) {
      schema(path + "[]", oldSchema.path("items"), newSchema.path("items"));
    }
    if (oldSchema.path("additionalProperties").isObject()) {
      schema(
          path + ".*",
          oldSchema.path("additionalProperties"),
          newSchema.path("additionalProperties"));
    }
  }

  private void unchanged(String at, String keyword, JsonNode before, JsonNode after) {
    if (!before.path(keyword).equals(after.path(keyword))) {
      incompatible.add(
          at
              + ": "
              + keyword
              + " changed: "
              + text(before, keyword)
              + " → "
              + text(after, keyword));
    }
  }

  private static String text(JsonNode schema, String keyword) {
    var value = schema.path(keyword);
    return value.isMissingNode() ? "none" : value.isTextual() ? value.asText() : value.toString();
  }

  private static Set<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false)
        .map(JsonNode::asText)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> missing(Set<String> expected, Set<String> present) {
    var missing = new TreeSet<>(expected);
    missing.removeAll(present);
    return missing;
  }
}
