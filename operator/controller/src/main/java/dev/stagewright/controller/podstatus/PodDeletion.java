package dev.stagewright.controller.observe;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A Pod is being deleted. Who evicts it says so in its condition {@code DisruptionTarget}; who
 * merely deletes it gives no reason.
 *
 * @param due when it should have ended, by the API server's clock
 * @param reason in one word, for example {@code EvictionByEvictionAPI}
 * @param message in a sentence
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

  private static String text(@Nullable String given, String otherwise) {
    return Objects.requireNonNullElse(given, otherwise);
  }
}
