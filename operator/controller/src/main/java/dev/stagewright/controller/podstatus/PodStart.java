package dev.stagewright.controller.podstatus;

import dev.stagewright.controller.run.Labels;
import dev.stagewright.controller.run.Task;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How a Pod started. Timestamps of Kubernetes are whole seconds.
 *
 * @param isWorker whether the Pod is the worker Pod of its run
 * @param scheduling from the creation of the Pod until it had a node
 * @param starting from then until its first container of Stagewright ran: volumes, images
 */
public record PodStart(boolean isWorker, Duration scheduling, Duration starting) {

  /** The start of a Pod; empty if no container of a task has started. */
  public static Optional<PodStart> of(Pod pod) {
    return PodReader.read(pod).stream()
        .flatMap(facts -> facts.startedAt().stream())
        .min(Instant::compareTo)
        .map(started -> {
          var created = Instant.parse(pod.getMetadata().getCreationTimestamp());
          var scheduled = PodReader.scheduledAt(pod);
          return new PodStart(
              Task.WORKER.equals(pod.getMetadata().getLabels().get(Labels.POD_KEY)),
              between(created, scheduled),
              between(scheduled, started));
        });
  }

  private static Duration between(Instant from, Instant to) {
    return to.isBefore(from) ? Duration.ZERO : Duration.between(from, to);
  }
}
