package dev.stagewright.bench.diamond;

import dev.stagewright.protocol.StepMarker;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Measures the time from the creation of a Pod to its first instruction. The creation time is the
 * time of the watch event, because the API server stores whole seconds only. The timestamps of logs
 * come from the node, which must have the same clock as this process.
 */
record PodStartupLatency(KubernetesClient client, String namespace, Map<String, Instant> created)
    implements ResourceEventHandler<Pod> {

  PodStartupLatency(KubernetesClient client, String namespace) {
    this(client, namespace, new ConcurrentHashMap<>());
  }

  @Override
  public void onAdd(Pod pod) {
    created.put(pod.getMetadata().getName(), Instant.now());
  }

  @Override
  public void onUpdate(Pod before, Pod pod) {}

  @Override
  public void onDelete(Pod pod, boolean isStateUnknown) {}

  /** The time from the creation of a Pod of a stage to the first instruction after FROM. */
  Optional<Duration> untilFirstInstruction(String pod) {
    return firstInstruction(pod).map(start -> Duration.between(created.get(pod), start));
  }

  private Optional<Instant> firstInstruction(String pod) {
    var log = client.pods().inNamespace(namespace).withName(pod).usingTimestamps().getLog().lines();
    return log.map(line -> line.split(" ", 2))
        .filter(words ->
            words.length == 2
                && StepMarker.parse(words[1]).filter(step -> step.number() == 2).isPresent())
        .map(words -> OffsetDateTime.parse(words[0]).toInstant())
        .findFirst();
  }
}
