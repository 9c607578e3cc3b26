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

/** Finds objects of builds that should have been deleted. */
record LeakCheck(SoakCluster cluster) {
  /** Objects that Kubernetes creates in every namespace. */
  private static final Set<String> DEFAULT_OBJECTS = Set.of("kube-root-ca.crt");

  /** Time for kubelets, the garbage collector, and volume provisioners to delete objects. */
  private static final Duration TIMEOUT = Duration.ofMinutes(2);

  /** Checks that finished builds have no active Pods and no workspace. */
  List<Violation> checkFinishedBuilds() throws InterruptedException {
    return await(() -> {
      var remaining = new ArrayList<HasMetadata>();
      for (var namespace : cluster.namespaces()) {
        var client = cluster.client();
        remaining.addAll(client.persistentVolumeClaims().inNamespace(namespace).list().getItems());
        client.pods().inNamespace(namespace).list().getItems().stream()
            .filter(pod -> !Set.of("Succeeded", "Failed").contains(pod.getStatus().getPhase()))
            .forEach(remaining::add);
      }
      remaining.addAll(volumes());
      return remaining;
    });
  }

  /** Checks that deleted builds have no objects. */
  List<Violation> checkDeletedBuilds() throws InterruptedException {
    return await(() -> {
      var remaining = new ArrayList<HasMetadata>();
      cluster.namespaces().forEach(namespace -> remaining.addAll(objectsIn(namespace)));
      remaining.addAll(volumes());
      return remaining;
    });
  }

  private Collection<HasMetadata> objectsIn(String name) {
    var client = cluster.client();
    var remaining = new ArrayList<HasMetadata>();
    remaining.addAll(client.resources(ImageBuild.class).inNamespace(name).list().getItems());
    remaining.addAll(client.pods().inNamespace(name).list().getItems());
    remaining.addAll(client.persistentVolumeClaims().inNamespace(name).list().getItems());
    remaining.addAll(client.configMaps().inNamespace(name).list().getItems());
    remaining.addAll(client.secrets().inNamespace(name).list().getItems());
    remaining.addAll(client.network().v1().networkPolicies().inNamespace(name).list().getItems());
    remaining.addAll(client.leases().inNamespace(name).list().getItems());
    remaining.removeIf(object -> DEFAULT_OBJECTS.contains(object.getMetadata().getName()));
    return remaining;
  }

  private List<PersistentVolume> volumes() {
    Predicate<PersistentVolume> inTestNamespace =
        volume ->
            volume.getSpec().getClaimRef() != null
                && cluster.isTestNamespace(volume.getSpec().getClaimRef().getNamespace());
    return cluster.client().persistentVolumes().list().getItems().stream()
        .filter(inTestNamespace)
        .toList();
  }

  /** Returns the objects that still exist after the timeout. */
  private static List<Violation> await(Supplier<List<HasMetadata>> objects)
      throws InterruptedException {
    var deadline = Instant.now().plus(TIMEOUT);
    var remaining = objects.get();
    while (!remaining.isEmpty() && Instant.now().isBefore(deadline)) {
      Thread.sleep(1000);
      remaining = objects.get();
    }
    return remaining.stream().map(LeakCheck::violation).toList();
  }

  private static Violation violation(HasMetadata object) {
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
