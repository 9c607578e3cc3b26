package dev.stagewright.kubectl.logs;

import dev.stagewright.protocol.PlanFrame;
import dev.stagewright.protocol.StepMarker;
import java.util.Optional;
import java.util.Set;

/**
 * Says who speaks in a Pod's log: its part, or in a Pod that runs several stages the one whose step
 * began last. The plan, which prepare hands to the operator by its log, is not for people.
 */
final class PodVoice {
  private final Set<String> speakers;
  private String speaker;

  /**
   * A log at its start.
   *
   * @param speaker who begins
   * @param speakers the names of all stages in the Pod
   */
  PodVoice(String speaker, Set<String> speakers) {
    this.speaker = speaker;
    this.speakers = speakers;
  }

  /** The line with its speaker; empty for one that is not for people. */
  Optional<Saying> hear(LogLine line) {
    if (PlanFrame.isFrame(line.text())) {
      return Optional.empty();
    }
    var marker = StepMarker.parse(line.text()).filter(it -> speakers.contains(it.stage()));
    marker.ifPresent(it -> speaker = it.stage());
    return Optional.of(
        new Saying(
            speaker,
            line.time(),
            marker.isPresent(),
            marker.map(StepMarker::step).orElse(line.text())));
  }
}
