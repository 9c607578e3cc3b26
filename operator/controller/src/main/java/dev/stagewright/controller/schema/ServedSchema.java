package dev.stagewright.controller.schema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stagewright.api.v1alpha1.ImageBuild;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the fields of ImageBuilds that the API server serves. It reads the OpenAPI document, which
 * every client can read, and not the CRD, which requires a permission.
 */
public record ServedSchema(KubernetesClient client) implements Supplier<Optional<SchemaFields>> {
  private static final Logger LOG = LoggerFactory.getLogger(ServedSchema.class);
  private static final String GROUP = "stagewright.dev";
  private static final String VERSION = "v1alpha1";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The fields; empty if the API server does not answer, or does not publish the schema. */
  @Override
  public Optional<SchemaFields> get() {
    try {
      return Optional.ofNullable(client.raw("/openapi/v3/apis/" + GROUP + "/" + VERSION))
          .flatMap(ServedSchema::parse);
    } catch (KubernetesClientException e) {
      LOG.debug("cannot read the schema of ImageBuilds", e);
      return Optional.empty();
    }
  }

  static Optional<SchemaFields> parse(String document) {
    try {
      for (var schema : JSON.readTree(document).path("components").path("schemas")) {
        if (isOfImageBuilds(schema)) {
          return Optional.of(withoutKubernetesFields(SchemaFields.of(schema)));
        }
      }
    } catch (JsonProcessingException e) {
      LOG.debug("the OpenAPI document of the API server is not JSON", e);
    }
    return Optional.empty();
  }

  private static boolean isOfImageBuilds(JsonNode schema) {
    for (var kind : schema.path("x-kubernetes-group-version-kind")) {
      if (kind.path("group").asText().equals(GROUP)
          && kind.path("version").asText().equals(VERSION)
          && kind.path("kind").asText().equals(ImageBuild.class.getSimpleName())) {
        return true;
      }
    }
    return false;
  }

  private static SchemaFields withoutKubernetesFields(SchemaFields served) {
    return new SchemaFields(
        served.names().stream()
            .filter(name -> name.startsWith("spec") || name.startsWith("status"))
            .collect(Collectors.toSet()));
  }
}
