package dev.stagewright.controller.podstatus;

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
 * Corrects timestamps of a Pod's node, whose clock may be wrong, with two timestamps of the API
 * server's clock. A node cannot start a Pod before the scheduler has assigned it: an earlier start
 * time means that the node's clock is behind. And a node cannot report what has not happened yet: a
 * timestamp later than the update that contains it means that the node's clock is ahead. Only the
 * part of the difference beyond these bounds is known.
 *
 * @param correction to add to timestamps of the node; negative if its clock is ahead
 */
record NodeTimestamps(Duration correction) {

  static NodeTimestamps of(Pod pod) {
    return new NodeTimestamps(
        lag(pod).or(() -> lead(pod).map(Duration::negated)).orElse(Duration.ZERO));
  }

  private static Optional<Duration> lag(Pod pod) {
    return Optional.ofNullable(pod.getStatus().getStartTime())
        .map(startTime -> Duration.between(Instant.parse(startTime), PodReader.scheduledAt(pod)))
        .filter(Duration::isPositive);
  }

  private static Optional<Duration> lead(Pod pod) {
    return reportedAt(pod)
        .flatMap(reported ->
            latestTimestamp(pod).map(timestamp -> Duration.between(reported, timestamp)))
        .filter(Duration::isPositive);
  }

  /** When the API server last received an update of the Pod's status. */
  static Optional<Instant> reportedAt(Pod pod) {
    return pod.getMetadata().getManagedFields().stream()
        .filter(entry -> "status".equals(entry.getSubresource()))
        .map(ManagedFieldsEntry::getTime)
        .filter(Objects::nonNull)
        .map(Instant::parse)
        .max(Comparator.naturalOrder());
  }

  private static Optional<Instant> latestTimestamp(Pod pod) {
    return Stream.concat(
            Stream.ofNullable(pod.getStatus().getStartTime()),
            PodReader.containerStates(pod).flatMap(NodeTimestamps::timestamps))
        .map(Instant::parse)
        .max(Comparator.naturalOrder());
  }

  private static Stream<String> timestamps(ContainerState state) {
    return Stream.concat(
        Stream.ofNullable(state.getRunning()).flatMap(it -> Stream.ofNullable(it.getStartedAt())),
        Stream.ofNullable(state.getTerminated())
            .flatMap(it -> Stream.of(it.getStartedAt(), it.getFinishedAt()))
            .filter(Objects::nonNull));
  }

  Instant corrected(Instant time) {
    return time.plus(correction);
  }
}
