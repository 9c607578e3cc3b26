package dev.stagewright.api.v1alpha1;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.util.TreeSet;

/**
 * The fields and enum values of the CRD, one a line: {@code status.stages[].phase} and {@code
 * status.stages[].phase=Running}. The operator compares them with the CRD of the cluster.
 */
record FieldList(CustomResourceDefinition crd) {

  String text() {
    var lines = new TreeSet<String>();
    for (var version : crd.getSpec().getVersions()) {
      collect("", version.getSchema().getOpenAPIV3Schema(), lines);
    }
    return String.join("\n", lines) + "\n";
  }

  private static void collect(String path, JSONSchemaProps schema, TreeSet<String> lines) {
    schema.getEnum().forEach(value -> lines.add(path + "=" + value.asText()));
    schema
        .getProperties()
        .forEach((name, property) -> {
          var child = path.isEmpty() ? name : path + "." + name;
          lines.add(child);
          collect(child, property, lines);
        });
    if (schema.getItems() != null) {
      collect(path + "[]", schema.getItems().getSchema(), lines);
    }
    var additional = schema.getAdditionalProperties();
    if (additional != null && additional.getSchema() != null) {
      collect(path + "{}", additional.getSchema(), lines);
    }
  }
}
