package dev.stagewright.bench.soak;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The namespaces of the builds.
 *
 * @param registry host and port of the registry
 * @param operator value of the label that selects the operator; empty for the operator without a
 *     name
 * @param cache name of the cache, which no earlier soak test has used
 */
record SoakCluster(KubernetesClient client, String registry, String operator, String cache) {
  /** Label on the ImageBuilds and namespaces of a soak test. */
  static final String LABEL = "stagewright.dev/soak";

  /** Label on all objects of builds. */
  static final String BUILD_UID = "stagewright.dev/build-uid";

  private static final int NAMESPACES = 4;
  private static final String PREFIX = "stagewright-soak-";
  private static final Duration CLEANUP_TIMEOUT = Duration.ofMinutes(3);

  List<String> namespaces() {
    return IntStream.range(0, NAMESPACES).mapToObj(SoakCluster::namespace).toList();
  }

  private static String namespace(int number) {
    return PREFIX + number % NAMESPACES;
  }

  boolean isTestNamespace(String namespace) {
    return namespace.startsWith(PREFIX);
  }

  /** The repository of the cache that all builds share. */
  String cacheRepository() {
    return registry + "/soak/cache/" + cache;
  }

  SoakBuild build(int number) {
    return new SoakBuild(this, namespace(number), "build-" + number);
  }

  /** Deletes the namespaces of a previous soak test and creates new ones. */
  void prepare() throws InterruptedException {
    if (!deleteNamespaces()) {
      throw new IllegalStateException(
          "namespaces of a previous soak test are not deleted: " + namespaces());
    }
    for (var name : namespaces()) {
      client
          .resource(
              new NamespaceBuilder()
                  .withNewMetadata()
                  .withName(name)
                  .addToLabels(LABEL, "true")
                  .endMetadata()
                  .build())
          .create();
    }
  }

  /** Deletes the namespaces; false if they still exist after the timeout. */
  boolean deleteNamespaces() throws InterruptedException {
    namespaces().forEach(name -> client.namespaces().withName(name).delete());
    var deadline = Instant.now().plus(CLEANUP_TIMEOUT);
    while (!client.namespaces().withLabel(LABEL).list().getItems().isEmpty()) {
      if (Instant.now().isAfter(deadline)) {
        return false;
      }
      Thread.sleep(500);
    }
    return true;
  }
}
