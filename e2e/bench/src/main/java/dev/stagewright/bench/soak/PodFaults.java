package dev.stagewright.bench.soak;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.PodResource;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/** Does harm to Pods of builds. */
record PodFaults(KubernetesClient client, PodLedger ledger, RandomGenerator random) {
  /** Fewer than the retries that specs allow. */
  private static final int MOST_OF_A_RUN = 3;

  /** Whom it befell; empty if nobody was there. */
  Optional<String> delete() {
    return harm(pod -> !pod.delete().isEmpty());
  }

  /** The same, for a deletion that waits for nobody. */
  Optional<String> kill() {
    return harm(pod -> !pod.withGracePeriod(0).delete().isEmpty());
  }

  /** The same, for an eviction. */
  Optional<String> evict() {
    return harm(PodResource::evict);
  }

  private Optional<String> harm(Predicate<PodResource> fault) {
    var targets = ledger.targets(MOST_OF_A_RUN);
    if (targets.isEmpty()) {
      return Optional.empty();
    }
    var target = targets.get(random.nextInt(targets.size()));
    ledger.harm(target);
    var pod = client.pods().inNamespace(target.namespace()).withName(target.name());
    return fault.test(pod) ? Optional.of(target.toString()) : Optional.empty();
  }
}
