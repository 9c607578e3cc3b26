package dev.stagewright.e2e.conformance.build;

import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.KubernetesClient;

/**
 * What an ImageBuild can say on this cluster.
 *
 * @param schema of the resource
 */
record Api(JSONSchemaProps schema) {

  static Api of(KubernetesClient client) {
    var definition =
        client
            .apiextensions()
            .v1()
            .customResourceDefinitions()
            .withName("imagebuilds.stagewright.dev")
            .require();
    return new Api(definition.getSpec().getVersions().getFirst().getSchema().getOpenAPIV3Schema());
  }

  /** Whether there is a field. */
  boolean has(String... path) {
    var at = schema;
    for (var name : path) {
      if (at.getProperties() == null || !at.getProperties().containsKey(name)) {
        return false;
      }
      at = at.getProperties().get(name);
    }
    return true;
  }
}
