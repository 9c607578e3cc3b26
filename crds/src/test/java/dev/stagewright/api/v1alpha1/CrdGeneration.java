package dev.stagewright.api.v1alpha1;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaPropsBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Generates the CRD from the types, and adds features of CRDs that the generator lacks. */
final class CrdGeneration {
  /**
   * The status of a build that no operator has processed. Without it, tools such as kstatus would
   * report a new build as ready, because it has no conditions.
   */
  private static final JsonNode NOT_OBSERVED =
      JsonNodeFactory.instance.objectNode().put("observedGeneration", -1);

  private CrdGeneration() {}

  static CustomResourceDefinition generate() {
    var result = new AtomicReference<@Nullable CustomResourceDefinition>();
    new CRDGenerator()
        .customResourceClasses(ImageBuild.class)
        .forCRDVersions("v1")
        .withPostProcessor(
            new CRDPostProcessor() {
              @Override
              public HasMetadata process(HasMetadata crd, String version) {
                result.set(refine((CustomResourceDefinition) crd));
                return crd;
              }
            })
        .withOutput(new Discarded())
        .generate();
    return requireNonNull(result.get());
  }

  /** The schema of a property that must exist. */
  static JSONSchemaProps property(JSONSchemaProps schema, String name) {
    return requireNonNull(schema.getProperties().get(name), name);
  }

  static String yaml(CustomResourceDefinition crd) {
    return "# Generated from the Java types in crds/src/main. To update it, run:\n#   "
        + CheckedInFile.UPDATE_COMMAND
        + "\n"
        + Serialization.asYaml(crd).replaceFirst("^---\n", "");
  }

  private static CustomResourceDefinition refine(CustomResourceDefinition crd) {
    crd.getMetadata().setLabels(Map.of("app.kubernetes.io/version", appVersion()));
    for (var version : crd.getSpec().getVersions()) {
      orderColumns(version);
      var root = version.getSchema().getOpenAPIV3Schema();
      root.setDescription(
          "ImageBuild builds a container image from a Dockerfile and pushes it to a registry.");
      var spec = property(root, "spec");
      spec.setDescription("Specification of the build.");
      listMap(property(spec, "secrets"), "id");
      listMap(property(spec, "ssh"), "id");
      anyObject(property(spec, "podTemplate"));
      var stages = property(spec, "stages");
      listMap(stages, "name");
      var stage = stages.getItems().getSchema();
      listMap(property(stage, "secrets"), "id");
      anyObject(property(stage, "podTemplate"));
      anyObject(property(stage, "affinity"));
      var resources = property(stage, "resources");
      for (var name : List.of("requests", "limits")) {
        anyScalar(property(resources, name).getAdditionalProperties().getSchema());
      }
      anyScalar(property(property(stage, "outOfMemoryRetry"), "maxMemory"));
      intOrString(property(stage, "timeout"));
      intOrString(property(spec, "timeout"));
      intOrString(property(spec, "ttlAfterFinished"));
      intOrString(property(property(spec, "cache"), "ttl"));
      intOrString(property(property(property(spec, "output"), "harbor"), "timeout"));
      var status = property(root, "status");
      status.setDescription("Status of the latest run. Written by the operator. Read-only.");
      listMap(property(status, "conditions"), "type");
      listMap(property(status, "stages"), "id");
      status.setDefault(NOT_OBSERVED);
      root.setRequired(List.of("spec"));
      setDateFormat(status);
      removeDuplicateRules(root);
    }
    return crd;
  }

  /** The version of the operator that the chart installs together with the CRD. */
  private static String appVersion() {
    try {
      return Files.readString(Path.of("../charts/stagewright/Chart.yaml"))
          .lines()
          .filter(line -> line.startsWith("appVersion: "))
          .map(line -> line.substring("appVersion: ".length()))
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Restores the order of the annotations, because the generator sorts columns by path. */
  private static void orderColumns(CustomResourceDefinitionVersion version) {
    var names =
        Arrays.stream(ImageBuild.class.getAnnotationsByType(AdditionalPrinterColumn.class))
            .map(AdditionalPrinterColumn::name)
            .toList();
    version
        .getAdditionalPrinterColumns()
        .sort(Comparator.comparingInt(column -> names.indexOf(column.getName())));
  }

  private static void listMap(JSONSchemaProps list, String key) {
    list.setXKubernetesListType("map");
    list.setXKubernetesListMapKeys(List.of(key));
    var items = list.getItems().getSchema();
    if (!items.getRequired().contains(key)) {
      items.getRequired().add(key);
    }
  }

  /**
   * Accepts any object. The schemas of Kubernetes types would make the CRD ten times larger; the
   * API server validates the Pods.
   */
  private static void anyObject(JSONSchemaProps property) {
    property.setType("object");
    property.setProperties(Map.of());
    property.setAdditionalProperties(null);
    property.setXKubernetesPreserveUnknownFields(true);
  }

  /**
   * Accepts any scalar. A quantity can be an integer, a fraction or a string, which no schema type
   * expresses; the operator validates the value.
   */
  private static void anyScalar(JSONSchemaProps property) {
    property.setType(null);
    property.setAnyOf(List.of());
    property.setProperties(Map.of());
    property.setXKubernetesIntOrString(null);
    property.setXKubernetesPreserveUnknownFields(true);
  }

  /** Accepts integers too, so that a validation rule can reject them with a helpful message. */
  private static void intOrString(JSONSchemaProps property) {
    property.setType(null);
    property.setMinLength(null);
    property.setMaxLength(null);
    property.setXKubernetesIntOrString(true);
    property.setAnyOf(
        List.of(
            new JSONSchemaPropsBuilder().withType("integer").build(),
            new JSONSchemaPropsBuilder().withType("string").build()));
  }

  private static void setDateFormat(JSONSchemaProps schema) {
    schema
        .getProperties()
        .forEach((name, property) -> {
          if (name.endsWith("Time")) {
            property.setFormat("date-time");
          }
          setDateFormat(property);
        });
    if (schema.getItems() != null) {
      setDateFormat(schema.getItems().getSchema());
    }
  }

  /** Removes duplicate rules: the generator finds a rule on both the field and the accessor. */
  private static void removeDuplicateRules(JSONSchemaProps schema) {
    schema.setXKubernetesValidations(
        schema.getXKubernetesValidations().stream().distinct().toList());
    schema.getProperties().values().forEach(CrdGeneration::removeDuplicateRules);
    if (schema.getItems() != null) {
      removeDuplicateRules(schema.getItems().getSchema());
    }
  }

  /** Discards the generator's YAML, because {@link #yaml} adds a header. */
  private static final class Discarded implements CRDGenerator.CRDOutput<ByteArrayOutputStream> {
    @Override
    public ByteArrayOutputStream outputFor(String crdName) {
      return new ByteArrayOutputStream();
    }

    @Override
    public URI crdURI(String crdName) {
      return URI.create("file:///" + crdName);
    }

    @Override
    public void close() {}
  }
}
