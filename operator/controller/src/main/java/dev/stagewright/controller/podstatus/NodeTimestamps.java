package dev.stagewright.controller.observe;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Times by the clock of a Pod's node, which may be wrong. Two marks by the API server's clock hold
 * them: a node cannot have taken a Pod up before the scheduler gave it there, so one that says so
 * is behind; and it cannot tell of what has not happened yet, so stamps that are later than the
 * moment at which the API server got them are of a clock that is ahead. Either is known as far as
 * it goes beyond its mark.
 *
 * @param behind by how much the node's clock is behind that of the API server; negative where it is
 *     ahead
 */
record NodeTimestamps(Duration behind) {

  static NodeTimestamps of(Pod pod) {
    return new NodeTimestamps(
        lag(pod).or(() -> lead(pod).map(Duration::negated)).orElse(Duration.ZERO));
  }

  private static Optional<Duration> lag(Pod pod) {
    return Optional.ofNullable(pod.getStatus().getStartTime())
        .map(takenUp -> Duration.between(Instant.parse(takenUp), PodReader.since(pod)))
        .filter(Duration::isPositive);
  }

  private static Optional<Duration> lead(Pod pod) {
    return toldAt(pod)
        .flatMap(told -> latestStamp(pod).map(stamp -> Duration.between(told, stamp)))
        .filter(Duration::isPositive);
  }

  /** When the API server last got something of the status. */
  static Optional<Instant> toldAt(Pod pod) {
    return pod.getMetadata().getManagedFields().stream()
        .filter(entry -> "status".equals(entry.getSubresource()))
        .map(ManagedFieldsEntry::getTime)
        .filter(Objects::nonNull)
        .map(Instant::parse)
        .max(Comparator.naturalOrder());
  }

  private static Optional<Instant> latestStamp(Pod pod) {
    return Stream.concat(
            Stream.ofNullable(pod.getStatus().getStartTime()),
            PodReader.containerStates(pod).flatMap(NodeTimestamps::stamps))
        .map(Instant::parse)
        .max(Comparator.naturalOrder());
  }

  private static Stream<String> stamps(ContainerState state) {
    return Stream.concat(
        Stream.ofNullable(state.getRunning()).flatMap(it -> Stream.ofNullable(it.getStartedAt())),
        Stream.ofNullable(state.getTerminated())
            .flatMap(it -> Stream.of(it.getStartedAt(), it.getFinishedAt()))
            .filter(Objects::nonNull));
  }

  Instant corrected(Instant time) {
    return time.plus(behind);
  }
}
