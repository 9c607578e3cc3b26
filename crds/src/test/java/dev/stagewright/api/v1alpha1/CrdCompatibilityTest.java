package dev.stagewright.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The current CRD accepts all resources that the CRD of the last release accepted. */
class CrdCompatibilityTest {
  private static final Path RELEASED = Path.of("released");

  private static final String CRD =
      """
      spec:
        group: stagewright.dev
        scope: Namespaced
        names: {kind: ImageBuild, plural: imagebuilds, shortNames: [ib]}
        versions:
          - name: v1alpha1
            served: true
            subresources: {status: {}}
            schema:
              openAPIV3Schema:
                type: object
                properties:
                  spec:
                    type: object
                    required: [target]
                    properties:
                      target: {type: string, maxLength: 10, minLength: 2, pattern: "^a"}
                      mode: {type: string, enum: [a, b], default: a}
                      count: {type: integer}
                      list: {type: array, maxItems: 4, items: {type: string}}
                      map: {type: object, additionalProperties: {type: integer}}
                    x-kubernetes-validations:
                      - {rule: "self.count > 1", message: more than one}
      """;

  @Test
  void theCurrentCrdIsCompatibleWithTheReleasedCrd() throws IOException {
    var released = yaml(Files.readString(RELEASED.resolve("imagebuilds.stagewright.dev.yaml")));
    var current = yaml(CrdGeneration.yaml(CrdGeneration.generate()));
    var accepted = acceptedChanges();

    var changes = SchemaChanges.breaking(released, current);

    assertThat(changes)
        .as("incompatible changes; revert them, or list them in released/accepted.yaml")
        .containsExactlyInAnyOrderElementsOf(accepted);
  }

  @Test
  void anUnchangedCrdIsCompatible() {
    assertThat(SchemaChanges.breaking(yaml(CRD), yaml(CRD))).isEmpty();
  }

  @Test
  void addedFieldsAndWeakerConstraintsAreCompatible() {
    var wider =
        CRD.replace("maxLength: 10, minLength: 2, pattern: \"^a\"", "maxLength: 11")
            .replace("enum: [a, b]", "enum: [a, b, c]")
            .replace(
                "list: {type: array", "more: {type: string}\n                list: {type: array")
            .replace("shortNames: [ib]", "shortNames: [ib, ibs]");

    assertThat(SchemaChanges.breaking(yaml(CRD), yaml(wider))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          count: {type: integer}        | other: {type: integer}        | spec: field count was removed
          count: {type: integer}        | count: {type: string}         | spec.count: type changed: integer → string
          count: {type: integer}        | count: {type: integer, maximum: 9} | spec.count: maximum is stricter: none → 9
          maxLength: 10                 | maxLength: 9                  | spec.target: maxLength is stricter: 10 → 9
          minLength: 2                  | minLength: 3                  | spec.target: minLength is stricter: 2 → 3
          pattern: "^a"                 | pattern: "^b"                 | spec.target: pattern changed: ^a → ^b
          enum: [a, b]                  | enum: [a]                     | spec.mode: value b was removed
          default: a                    | default: b                    | spec.mode: default changed: a → b
          required: [target]            | required: [target, count]     | spec: field count is required now
          items: {type: string}         | items: {type: integer}        | spec.list[]: type changed: string → integer
          additionalProperties: {type: integer} | additionalProperties: {type: string} | spec.map.*: type changed: integer → string
          self.count > 1                | self.count > 2                | spec: a rule was added: more than one
          shortNames: [ib]              | shortNames: []                | CRD: short name ib was removed
          subresources: {status: {}}    | subresources: {}              | CRD: subresource status was removed
          name: v1alpha1                | name: v1beta1                 | CRD: version v1alpha1 was removed
          served: true                  | served: false                 | CRD: version v1alpha1 is no longer served
          """)
  void incompatibleChangesAreListed(String before, String after, String change) {
    assertThat(CRD).contains(before);

    assertThat(SchemaChanges.breaking(yaml(CRD), yaml(CRD.replace(before, after))))
        .containsExactly(change);
  }

  private static List<String> acceptedChanges() throws IOException {
    var entries = new ArrayList<String>();
    for (var entry : yaml(Files.readString(RELEASED.resolve("accepted.yaml")))) {
      assertThat(entry.path("reason").asText()).as("reason of %s", entry).isNotBlank();
      entries.add(entry.path("change").asText());
    }
    return entries;
  }

  private static JsonNode yaml(String text) {
    return new KubernetesSerialization().unmarshal(text, JsonNode.class);
  }
}
