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
