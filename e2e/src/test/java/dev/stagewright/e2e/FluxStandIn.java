package dev.stagewright.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.awaitility.Awaitility;

/**
 * The kind GitRepository of Flux without its controller. The fields are those of
 * source.toolkit.fluxcd.io/v1; the schema requires what that of Flux requires.
 */
record FluxStandIn(TestNamespace namespace) implements AutoCloseable {
  private static final String CRD =
      """
      apiVersion: apiextensions.k8s.io/v1
      kind: CustomResourceDefinition
      metadata: {name: gitrepositories.source.toolkit.fluxcd.io}
      spec:
        group: source.toolkit.fluxcd.io
        names: {kind: GitRepository, plural: gitrepositories, singular: gitrepository}
        scope: Namespaced
        versions:
        - name: v1
          served: true
          storage: true
          subresources: {status: {}}
          schema:
            openAPIV3Schema:
              type: object
              properties:
                spec:
                  type: object
                  required: [interval, url]
                  properties:
                    interval: {type: string, pattern: '^([0-9]+(\\.[0-9]+)?(ms|s|m|h))+$'}
                    url: {type: string, pattern: '^(http|https|ssh)://.*$'}
                status:
                  type: object
                  properties:
                    observedGeneration: {type: integer, format: int64}
                    artifact:
                      type: object
                      required: [lastUpdateTime, path, revision, url]
                      properties:
                        digest: {type: string, pattern: '^[a-z0-9]+(?:[.+_-][a-z0-9]+)*:[a-zA-Z0-9=_-]+$'}
                        lastUpdateTime: {type: string, format: date-time}
                        path: {type: string}
                        revision: {type: string}
                        size: {type: integer, format: int64}
                        url: {type: string}
      """;

  /** Installs the kind, and allows the operator to watch it in the namespace. */
  static FluxStandIn install(TestNamespace namespace) {
    var standIn = new FluxStandIn(namespace);
    load(namespace.client(), CRD);
    namespace.grant(
        namespace.environment().operator(),
        "flux",
        """
        - apiGroups: [source.toolkit.fluxcd.io]
          resources: [gitrepositories]
          verbs: [get, list, watch]
        """);
    return standIn;
  }

  private static void load(KubernetesClient client, String yaml) {
    client.load(new ByteArrayInputStream(yaml.getBytes(UTF_8))).serverSideApply();
  }

  /** Creates an object that has not been fetched yet. */
  void createRepository(String name) {
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .ignoreExceptions()
        .untilAsserted(() ->
            namespace.apply(
                """
                apiVersion: source.toolkit.fluxcd.io/v1
                kind: GitRepository
                metadata: {name: %s}
                spec: {interval: 1m, url: "https://git.example.com/team/app"}
                """
                    .formatted(name)));
  }

  /** Sets the artifact, as the source controller does. */
  void publish(String name, String url, String revision, byte[] archive) {
    var resource =
        namespace
            .client()
            .genericKubernetesResources("source.toolkit.fluxcd.io/v1", "GitRepository")
            .inNamespace(namespace.name())
            .withName(name);
    resource.editStatus(object -> withArtifact(object, url, revision, archive));
  }

  private static GenericKubernetesResource withArtifact(
      GenericKubernetesResource object, String url, String revision, byte[] archive) {
    object.setAdditionalProperty(
        "status",
        Map.of(
            "observedGeneration",
            1,
            "artifact",
            Map.of(
                "digest",
                ArchiveServer.digest(archive),
                "lastUpdateTime",
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                "path",
                "gitrepository/team/app/latest.tar.gz",
                "revision",
                revision,
                "size",
                archive.length,
                "url",
                url)));
    return object;
  }

  @Override
  public void close() {
    namespace
        .client()
        .apiextensions()
        .v1()
        .customResourceDefinitions()
        .withName("gitrepositories.source.toolkit.fluxcd.io")
        .delete();
  }
}
