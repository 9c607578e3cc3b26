package dev.stagewright.api.v1alpha1;

import static java.util.Objects.requireNonNull;

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
import java.net.URI;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Generates the CRD from the types, and adds what the generator has no words for. */
final class CrdGeneration {
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

  /** The schema of a property that is known to be there. */
  static JSONSchemaProps property(JSONSchemaProps schema, String name) {
    return requireNonNull(schema.getProperties().get(name), name);
  }

  static String yaml(CustomResourceDefinition crd) {
    return "# Generated from the Java types; change those, then run:\n#   "
        + CheckedInFile.UPDATE_COMMAND
        + "\n"
        + Serialization.asYaml(crd).replaceFirst("^---\n", "");
  }

  private static CustomResourceDefinition refine(CustomResourceDefinition crd) {
    for (var version : crd.getSpec().getVersions()) {
      orderColumns(version);
      var root = version.getSchema().getOpenAPIV3Schema();
      root.setDescription("One container image to build, and what became of it.");
      var spec = property(root, "spec");
      spec.setDescription("What to build.");
      listMap(property(spec, "secrets"), "id");
      listMap(property(spec, "ssh"), "id");
      opaque(property(spec, "podTemplate"));
      var stages = property(spec, "stages");
      listMap(stages, "name");
      var stage = stages.getItems().getSchema();
      listMap(property(stage, "secrets"), "id");
      opaque(property(stage, "podTemplate"));
      opaque(property(stage, "affinity"));
      var resources = property(stage, "resources");
      for (var name : List.of("requests", "limits")) {
        anyScalar(property(resources, name).getAdditionalProperties().getSchema());
      }
      anyScalar(property(property(stage, "outOfMemoryRetry"), "maxMemory"));
      intOrString(property(stage, "timeout"));
      intOrString(property(spec, "timeout"));
      intOrString(property(spec, "ttlAfterFinished"));
      intOrString(property(property(property(spec, "output"), "harbor"), "timeout"));
      var status = property(root, "status");
      status.setDescription("What became of the latest spec. Written by the operator.");
      listMap(property(status, "conditions"), "type");
      listMap(property(status, "stages"), "id");
      root.setRequired(List.of("spec"));
      listMap(property(status, "history"), "generation");
      dates(status);
      onceEach(root);
    }
    return crd;
  }

  /** The generator sorts columns by path; people read them in the order of the annotations. */
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

  /** Kubernetes' own types would make the CRD tenfold; the API server checks the Pods. */
  private static void opaque(JSONSchemaProps property) {
    property.setType("object");
    property.setProperties(Map.of());
    property.setAdditionalProperties(null);
    property.setXKubernetesPreserveUnknownFields(true);
  }

  /**
   * Kubernetes takes integers, fractions and text for a quantity, which no type of a schema does;
   * the operator checks them.
   */
  private static void anyScalar(JSONSchemaProps property) {
    property.setType(null);
    property.setAnyOf(List.of());
    property.setProperties(Map.of());
    property.setXKubernetesIntOrString(null);
    property.setXKubernetesPreserveUnknownFields(true);
  }

  /** A number passes the type, so that a rule can say in words what is wrong with it. */
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

  private static void dates(JSONSchemaProps schema) {
    schema
        .getProperties()
        .forEach((name, property) -> {
          if (name.endsWith("Time")) {
            property.setFormat("date-time");
          }
          dates(property);
        });
    if (schema.getItems() != null) {
      dates(schema.getItems().getSchema());
    }
  }

  /** The generator finds a rule of a record's component twice: on its field and its accessor. */
  private static void onceEach(JSONSchemaProps schema) {
    schema.setXKubernetesValidations(
        schema.getXKubernetesValidations().stream().distinct().toList());
    schema.getProperties().values().forEach(CrdGeneration::onceEach);
    if (schema.getItems() != null) {
      onceEach(schema.getItems().getSchema());
    }
  }

  /** The YAML is written here, not by the generator, to have a header. */
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
