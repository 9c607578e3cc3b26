package dev.stagewright.controller.podstatus;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The deletion of a Pod that has not ended yet. An eviction gives its reason in the condition
 * {@code DisruptionTarget}; a plain deletion gives none.
 *
 * @param due end of the grace period, by the API server's clock
 * @param reason a CamelCase word, for example {@code EvictionByEvictionAPI}
 * @see <a
 *     href="https://kubernetes.io/docs/concepts/workloads/pods/disruptions/#pod-disruption-conditions">Pod
 *     disruption conditions</a>
 */
public record PodDeletion(Instant due, String reason, String message) {
  private static final String DELETED = "Deleted";

  static Optional<PodDeletion> of(Pod pod) {
    return Optional.ofNullable(pod.getMetadata().getDeletionTimestamp())
        .map(Instant::parse)
        .map(due ->
            disruption(pod)
                .map(it ->
                    new PodDeletion(due, text(it.getReason(), DELETED), text(it.getMessage(), "")))
                .orElseGet(
                    () -> new PodDeletion(due, DELETED, "the Pod was deleted while it ran")));
  }

  private static Optional<PodCondition> disruption(Pod pod) {
    return Optional.ofNullable(pod.getStatus()).stream()
        .flatMap(status -> status.getConditions().stream())
        .filter(it -> it.getType().equals("DisruptionTarget") && it.getStatus().equals("True"))
        .findFirst();
  }

  private static String text(@Nullable String value, String fallback) {
    return Objects.requireNonNullElse(value, fallback);
  }
}
