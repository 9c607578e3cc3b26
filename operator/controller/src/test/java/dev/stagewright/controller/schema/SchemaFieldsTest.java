package dev.stagewright.controller.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class SchemaFieldsTest {
  private static final String DOCUMENT =
      """
      {"components": {"schemas": {
        "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta": {"properties": {"name": {}}},
        "dev.stagewright.v1alpha1.ImageBuild": {
          "x-kubernetes-group-version-kind":
            [{"group": "stagewright.dev", "version": "v1alpha1", "kind": "ImageBuild"}],
          "properties": {
            "apiVersion": {"type": "string"},
            "metadata": {"allOf": [{"$ref": "#/x"}]},
            "spec": {"properties": {"args": {"additionalProperties": {"type": "string"}}}},
            "status": {"properties": {
              "phase": {"enum": ["Queued", "Building"]},
              "stages": {"items": {"properties": {"id": {"type": "string"}}}}}}}}}}}
      """;

  @Test
  void readsTheOpenApiDocumentOfTheApiServer() {
    assertThat(ServedSchema.parse(DOCUMENT))
        .contains(
            new SchemaFields(
                Set.of(
                    "spec",
                    "spec.args",
                    "status",
                    "status.phase",
                    "status.phase=Queued",
                    "status.phase=Building",
                    "status.stages",
                    "status.stages[].id")));
  }

  @Test
  void documentsWithoutImageBuildsHaveNoFields() {
    assertThat(ServedSchema.parse("{\"components\": {\"schemas\": {\"a\": {}}}}")).isEmpty();
    assertThat(ServedSchema.parse("<html>")).isEmpty();
  }

  @Test
  void thisVersionHasFieldsAndValues() {
    assertThat(SchemaFields.ofThisVersion().names())
        .contains("spec.source.git.url", "status.stages[].phase=Running", "status.attempts");
  }

  @Test
  void aMissingFieldStandsForWhatIsBelowIt() {
    var now =
        new SchemaFields(Set.of("status", "status.a", "status.a.b", "status.c[].d", "status.e=F"));
    var before = new SchemaFields(Set.of("status", "status.old"));
    assertThat(now.missingIn(before)).containsExactly("status.a", "status.c[].d", "status.e=F");
    assertThat(now.missingIn(now)).isEmpty();
  }
}
