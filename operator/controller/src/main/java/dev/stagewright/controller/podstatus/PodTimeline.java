package dev.stagewright.controller.podstatus;

import dev.stagewright.controller.run.Labels;
import dev.stagewright.controller.run.PodContainer;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * When a Pod reached the steps of its life. Timestamps of Kubernetes are whole seconds.
 *
 * @param key the task or tasks of the Pod, the value of the label {@link Labels#POD_KEY}
 * @param attempt of the Pod, counted from 1
 * @param scheduled empty until the Pod has a node
 * @param init from the start of the first init container to the end of the last; empty if there is
 *     none, or not all have ended
 * @param containers when the containers of Stagewright ran
 */
public record PodTimeline(
    String name,
    String uid,
    String key,
    int attempt,
    Optional<String> node,
    Instant created,
    Optional<Instant> scheduled,
    Optional<Interval> init,
    List<ContainerInterval> containers) {

  /** A period. */
  public record Interval(Instant start, Instant end) {}

  /**
   * When a container ran.
   *
   * @param finished empty while it runs
   */
  public record ContainerInterval(String name, Instant started, Optional<Instant> finished) {}

  /** Copies the list. */
  public PodTimeline {
    containers = List.copyOf(containers);
  }

  /** Reads a Pod of a run. */
  public static PodTimeline of(Pod pod) {
    var metadata = pod.getMetadata();
    var labels = metadata.getLabels();
    var status = Optional.ofNullable(pod.getStatus());
    return new PodTimeline(
        metadata.getName(),
        metadata.getUid(),
        labels.getOrDefault(Labels.POD_KEY, ""),
        Integer.parseInt(labels.getOrDefault(Labels.ATTEMPT, "1")),
        Optional.ofNullable(pod.getSpec().getNodeName()),
        Instant.parse(metadata.getCreationTimestamp()),
        status.flatMap(it -> scheduled(it.getConditions())),
        status.flatMap(it -> init(pod, it.getInitContainerStatuses())),
        status.stream()
            .flatMap(it -> it.getContainerStatuses().stream())
            .filter(it -> PodContainer.isTask(it.getName()))
            .flatMap(it -> interval(pod, it).stream())
            .toList());
  }

  private static Optional<Instant> scheduled(List<PodCondition> conditions) {
    return conditions.stream()
        .filter(it -> it.getType().equals("PodScheduled") && it.getStatus().equals("True"))
        .map(PodCondition::getLastTransitionTime)
        .filter(Objects::nonNull)
        .map(Instant::parse)
        .findFirst();
  }

  /** Sidecars, which do not end, are not waited for. */
  private static Optional<Interval> init(Pod pod, List<ContainerStatus> statuses) {
    var ended = statuses.stream().flatMap(it -> interval(pod, it).stream()).toList();
    var start = ended.stream().map(ContainerInterval::started).min(Comparator.naturalOrder());
    var end = ended.stream().flatMap(it -> it.finished().stream()).max(Comparator.naturalOrder());
    return start.flatMap(from -> end.map(to -> new Interval(from, to)));
  }

  private static Optional<ContainerInterval> interval(Pod pod, ContainerStatus container) {
    return Optional.ofNullable(container.getState())
        .flatMap(state ->
            started(state)
                .map(start ->
                    new ContainerInterval(
                        container.getName(), corrected(pod, start), finished(pod, state))));
  }

  private static Optional<String> started(ContainerState state) {
    return state.getTerminated() == null
        ? Optional.ofNullable(state.getRunning()).map(it -> it.getStartedAt())
        : Optional.ofNullable(state.getTerminated().getStartedAt());
  }

  private static Optional<Instant> finished(Pod pod, ContainerState state) {
    return Optional.ofNullable(state.getTerminated())
        .map(it -> it.getFinishedAt())
        .map(time -> corrected(pod, time));
  }

  private static Instant corrected(Pod pod, String time) {
    return NodeTimestamps.of(pod).corrected(Instant.parse(time));
  }

  /** When the first container of Stagewright started; empty if none has. */
  public Optional<Instant> started() {
    return containers.stream().map(ContainerInterval::started).min(Comparator.naturalOrder());
  }

  /** When this container ran; empty if it has not started. */
  public Optional<ContainerInterval> container(String name) {
    return containers.stream().filter(it -> it.name().equals(name)).findFirst();
  }
}
