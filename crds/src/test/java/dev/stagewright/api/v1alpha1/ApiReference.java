package dev.stagewright.api.v1alpha1;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;

/** Renders the API reference: a table of fields for each object of the CRD. */
record ApiReference(CustomResourceDefinition crd) {

  String markdown() {
    var version = crd.getSpec().getVersions().getFirst();
    var root = version.getSchema().getOpenAPIV3Schema();
    var page = new StringBuilder();
    page.append("# API reference\n\n")
        .append("<!-- Generated from the CRD. To update it, run: ")
        .append(CheckedInFile.UPDATE_COMMAND)
        .append(" -->\n\n")
        .append(
            "`apiVersion: %s/%s`, `kind: %s`, short name `%s`.\n"
                .formatted(
                    crd.getSpec().getGroup(),
                    version.getName(),
                    crd.getSpec().getNames().getKind(),
                    String.join("`, `", crd.getSpec().getNames().getShortNames())));
    for (var part : new String[] {"spec", "status"}) {
      tables(part, CrdGeneration.property(root, part), page);
    }
    return page.toString();
  }

  private static void tables(String path, JSONSchemaProps schema, StringBuilder page) {
    page.append("\n## `").append(path).append("`\n\n").append(schema.getDescription()).append("\n");
    rules(schema, page);
    page.append("\n| Field | Type | Description |\n| --- | --- | --- |\n");
    var nested = new LinkedHashMap<String, JSONSchemaProps>();
    schema
        .getProperties()
        .forEach((name, property) -> row(path, schema, name, property, page, nested));
    nested.forEach((at, property) -> tables(at, property, page));
  }

  private static void row(
      String path,
      JSONSchemaProps owner,
      String name,
      JSONSchemaProps property,
      StringBuilder page,
      Map<String, JSONSchemaProps> nested) {
    var notes = new ArrayList<String>();
    notes.add(property.getDescription());
    if (owner.getRequired().contains(name)) {
      notes.add("**Required.**");
    }
    if (property.getDefault() != null) {
      notes.add("Default: `" + property.getDefault().toString().replace("\"", "") + "`.");
    }
    if (!property.getEnum().isEmpty()) {
      var values = property.getEnum().stream().map(value -> "`" + value.asText() + "`").toList();
      notes.add("One of " + String.join(", ", values) + ".");
    }
    page.append("| `%s` | %s | %s |\n".formatted(name, type(property), String.join(" ", notes)));
    if (!property.getProperties().isEmpty()) {
      nested.put(path + "." + name, property);
    } else if (isListOfObjects(property)) {
      var items = property.getItems().getSchema();
      items.setDescription(property.getDescription());
      nested.put(path + "." + name + "[]", items);
    }
  }

  private static void rules(JSONSchemaProps schema, StringBuilder page) {
    for (var rule : schema.getXKubernetesValidations()) {
      page.append("\nRule: ").append(rule.getMessage()).append(".\n");
    }
  }

  private static boolean isListOfObjects(JSONSchemaProps property) {
    return property.getItems() != null
        && !property.getItems().getSchema().getProperties().isEmpty();
  }

  private static String type(JSONSchemaProps property) {
    if (Boolean.TRUE.equals(property.getXKubernetesIntOrString())) {
      return property.getDescription().contains("duration") ? "duration" : "quantity";
    } else if (property.getType() == null) {
      return "quantity";
    } else if (property.getItems() != null) {
      return listType(property.getItems().getSchema());
    } else if (property.getAdditionalProperties() != null) {
      return "map of string to " + type(property.getAdditionalProperties().getSchema());
    } else if ("date-time".equals(property.getFormat())) {
      return "time";
    }
    return property.getType();
  }

  private static String listType(JSONSchemaProps items) {
    return items.getType().equals("object") ? "list of objects" : "list of " + type(items) + "s";
  }
}
