package dev.stagewright.bench.soak;

import dev.stagewright.api.v1alpha1.ImageBuild;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Finds what is left of builds when nobody needs it any more. */
record Leftovers(SoakCluster cluster) {
  /** What Kubernetes itself puts into every namespace. */
  private static final Set<String> OF_KUBERNETES = Set.of("kube-root-ca.crt");

  /** For kubelets, the garbage collector and those who make volumes to do their part. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** Of builds that are over but there: nothing may run, and no workspace may be kept. */
  List<Violation> ofRuns() throws InterruptedException {
    return afterAWhile(() -> {
      var left = new ArrayList<HasMetadata>();
      for (var namespace : cluster.namespaces()) {
        var client = cluster.client();
        left.addAll(client.persistentVolumeClaims().inNamespace(namespace).list().getItems());
        client.pods().inNamespace(namespace).list().getItems().stream()
            .filter(pod -> !Set.of("Succeeded", "Failed").contains(pod.getStatus().getPhase()))
            .forEach(left::add);
      }
      left.addAll(volumes());
      return left;
    });
  }

  /** Of builds that were deleted: nothing at all. */
  List<Violation> ofBuilds() throws InterruptedException {
    return afterAWhile(() -> {
      var left = new ArrayList<HasMetadata>();
      cluster.namespaces().forEach(namespace -> left.addAll(inNamespace(namespace)));
      left.addAll(volumes());
      return left;
    });
  }

  private Collection<HasMetadata> inNamespace(String name) {
    var client = cluster.client();
    var left = new ArrayList<HasMetadata>();
    left.addAll(client.resources(ImageBuild.class).inNamespace(name).list().getItems());
    left.addAll(client.pods().inNamespace(name).list().getItems());
    left.addAll(client.persistentVolumeClaims().inNamespace(name).list().getItems());
    left.addAll(client.configMaps().inNamespace(name).list().getItems());
    left.addAll(client.secrets().inNamespace(name).list().getItems());
    left.addAll(client.network().v1().networkPolicies().inNamespace(name).list().getItems());
    left.addAll(client.leases().inNamespace(name).list().getItems());
    left.removeIf(object -> OF_KUBERNETES.contains(object.getMetadata().getName()));
    return left;
  }

  private List<PersistentVolume> volumes() {
    Predicate<PersistentVolume> isOurs =
        volume ->
            volume.getSpec().getClaimRef() != null
                && cluster.isOurs(volume.getSpec().getClaimRef().getNamespace());
    return cluster.client().persistentVolumes().list().getItems().stream().filter(isOurs).toList();
  }

  /** What is there still when it should long be gone. */
  private static List<Violation> afterAWhile(Supplier<List<HasMetadata>> objects)
      throws InterruptedException {
    var limit = Instant.now().plus(PATIENCE);
    var left = objects.get();
    while (!left.isEmpty() && Instant.now().isBefore(limit)) {
      Thread.sleep(1000);
      left = objects.get();
    }
    return left.stream().map(Leftovers::leaked).toList();
  }

  private static Violation leaked(HasMetadata object) {
    var metadata = object.getMetadata();
    return Violation.leaked(
        "%s %s/%s, finalizers %s"
            .formatted(
                object.getKind(),
                metadata.getNamespace(),
                metadata.getName(),
                metadata.getFinalizers()));
  }
}
