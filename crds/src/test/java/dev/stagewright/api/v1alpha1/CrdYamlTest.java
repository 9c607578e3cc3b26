package dev.stagewright.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CrdYamlTest {
  private final CustomResourceDefinition crd = CrdGeneration.generate();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "crds/manifests/imagebuilds.stagewright.dev.yaml",
        "charts/stagewright/crds/imagebuilds.stagewright.dev.yaml"
      })
  void manifestsMatchTheTypes(String path) throws Exception {
    CheckedInFile.of(path).verify(CrdGeneration.yaml(crd));
  }

  @Test
  void referenceMatchesTheTypes() throws Exception {
    CheckedInFile.of("docs/api-reference.md").verify(new ApiReference(crd).markdown());
  }

  @Test
  void listOfFieldsMatchesTheTypes() throws Exception {
    CheckedInFile.of("crds/src/main/resources/dev/stagewright/api/v1alpha1/fields.txt")
        .verify(new FieldList(crd).text());
  }

  @Test
  void columnsHaveTheOrderOfTheAnnotations() {
    assertThat(crd.getSpec().getVersions().getFirst().getAdditionalPrinterColumns())
        .extracting(CustomResourceColumnDefinition::getName)
        .containsExactly(
            "Phase",
            "Stages",
            "Image",
            "Reason",
            "Duration",
            "Age",
            "Digest",
            "Sandbox",
            "Commit",
            "Message");
  }

  @Test
  void everyFieldIsDescribed() {
    var undescribed = new ArrayList<String>();
    collectUndescribed("", schema(), undescribed);
    assertThat(undescribed).isEmpty();
  }

  @Test
  void statusIsASubresource() {
    assertThat(crd.getSpec().getVersions().getFirst().getSubresources().getStatus()).isNotNull();
  }

  @Test
  void conditionsAreKeyedByType() {
    var conditions =
        CrdGeneration.property(CrdGeneration.property(schema(), "status"), "conditions");
    assertThat(conditions.getXKubernetesListType()).isEqualTo("map");
    assertThat(conditions.getXKubernetesListMapKeys()).isEqualTo(List.of("type"));
  }

  /**
   * The API server adds a default to each element of a list, but tools merge most lists as a whole.
   * They would find a difference in every list whose elements have defaults.
   */
  @Test
  void elementsOfListsHaveNoDefaults() {
    var defaults = new ArrayList<String>();
    collectDefaults("", CrdGeneration.property(schema(), "spec"), defaults);

    assertThat(defaults).isNotEmpty().noneMatch(path -> path.contains("[]"));
  }

  @Test
  void newBuildIsNotObserved() {
    var status = CrdGeneration.property(schema(), "status");

    assertThat(status.getDefault().toString()).isEqualTo("{\"observedGeneration\":-1}");
  }

  /** Several runs of one generation are in the history. */
  @Test
  void historyIsNotKeyed() {
    var history = CrdGeneration.property(CrdGeneration.property(schema(), "status"), "history");

    assertThat(history.getXKubernetesListType()).isNull();
  }

  private static void collectDefaults(String path, JSONSchemaProps schema, List<String> defaults) {
    if (schema.getDefault() != null) {
      defaults.add(path);
    }
    schema
        .getProperties()
        .forEach((name, property) -> collectDefaults(path + "." + name, property, defaults));
    if (schema.getItems() != null) {
      collectDefaults(path + "[]", schema.getItems().getSchema(), defaults);
    }
  }

  private JSONSchemaProps schema() {
    return crd.getSpec().getVersions().getFirst().getSchema().getOpenAPIV3Schema();
  }

  private static void collectUndescribed(
      String path, JSONSchemaProps schema, List<String> undescribed) {
    schema
        .getProperties()
        .forEach((name, property) -> {
          var at = path + "." + name;
          if (property.getDescription() == null) {
            undescribed.add(at);
          }
          collectUndescribed(at, property, undescribed);
          if (property.getItems() != null) {
            collectUndescribed(at + "[]", property.getItems().getSchema(), undescribed);
          }
        });
  }
}
