package dev.stagewright.bench.soak;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Where the builds are.
 *
 * @param registry host and port of where they push to
 * @param operator value of the label that says which operator builds them; empty for the one that
 *     wants no label
 */
record SoakCluster(KubernetesClient client, String registry, String operator) {
  /** On the ImageBuilds and namespaces of a soak. */
  static final String MARK = "stagewright.dev/soak";

  /** On all that builds make. */
  static final String BUILD_UID = "stagewright.dev/build-uid";

  private static final int NAMESPACES = 4;
  private static final String PREFIX = "stagewright-soak-";
  private static final Duration CLEANING = Duration.ofMinutes(3);

  List<String> namespaces() {
    return IntStream.range(0, NAMESPACES).mapToObj(SoakCluster::namespace).toList();
  }

  private static String namespace(int number) {
    return PREFIX + number % NAMESPACES;
  }

  boolean isOurs(String namespace) {
    return namespace.startsWith(PREFIX);
  }

  SoakBuild build(int number) {
    return new SoakBuild(this, namespace(number), "build-" + number);
  }

  /** Makes the namespaces; those of a soak that was broken off go first. */
  void prepare() throws InterruptedException {
    if (!removed()) {
      throw new IllegalStateException("namespaces of an earlier soak do not go: " + namespaces());
    }
    for (var name : namespaces()) {
      client
          .resource(
              new NamespaceBuilder()
                  .withNewMetadata()
                  .withName(name)
                  .addToLabels(MARK, "true")
                  .endMetadata()
                  .build())
          .create();
    }
  }

  /** Deletes the namespaces; false if they are not gone after a while. */
  boolean removed() throws InterruptedException {
    namespaces().forEach(name -> client.namespaces().withName(name).delete());
    var limit = Instant.now().plus(CLEANING);
    while (!client.namespaces().withLabel(MARK).list().getItems().isEmpty()) {
      if (Instant.now().isAfter(limit)) {
        return false;
      }
      Thread.sleep(500);
    }
    return true;
  }
}
