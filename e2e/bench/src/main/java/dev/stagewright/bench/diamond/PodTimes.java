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
 * When Pods came. The API server keeps whole seconds only, so it is the moment in which a watch
 * shows them; logs are stamped by the node, whose clock must be this machine's.
 */
record PodTimes(KubernetesClient client, String namespace, Map<String, Instant> created)
    implements ResourceEventHandler<Pod> {

  PodTimes(KubernetesClient client, String namespace) {
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

  /** From a stage Pod's creation to its first instruction after FROM. */
  Optional<Duration> toFirstInstruction(String pod) {
    return firstInstruction(pod).map(began -> Duration.between(created.get(pod), began));
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
