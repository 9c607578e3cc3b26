package dev.stagewright.bench.soak;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.PodResource;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/** Disruptions of the Pods of builds. */
record PodFaults(KubernetesClient client, PodTracker tracker, RandomGenerator random) {
  /** Less than the number of retries in the specs. */
  private static final int MAX_DISRUPTIONS_PER_RUN = 3;

  /** Deletes a running Pod; returns the Pod, or empty if there is none. */
  Optional<String> delete() {
    return disrupt(pod -> !pod.delete().isEmpty());
  }

  /** Deletes a running Pod without a grace period; returns the Pod, or empty if there is none. */
  Optional<String> kill() {
    return disrupt(pod -> !pod.withGracePeriod(0).delete().isEmpty());
  }

  /** Evicts a running Pod; returns the Pod, or empty if there is none. */
  Optional<String> evict() {
    return disrupt(PodResource::evict);
  }

  private Optional<String> disrupt(Predicate<PodResource> fault) {
    var targets = tracker.targets(MAX_DISRUPTIONS_PER_RUN);
    if (targets.isEmpty()) {
      return Optional.empty();
    }
    var target = targets.get(random.nextInt(targets.size()));
    tracker.markDisrupted(target);
    var pod = client.pods().inNamespace(target.namespace()).withName(target.name());
    return fault.test(pod) ? Optional.of(target.toString()) : Optional.empty();
  }
}
