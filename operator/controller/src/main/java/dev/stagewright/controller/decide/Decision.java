package dev.stagewright.controller.decide;

import dev.stagewright.api.v1alpha1.ImageBuildStatus;
import dev.stagewright.controller.run.Labels;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What is to be done.
 *
 * @param actions in this order
 * @param status what to write onto the resource
 * @param lookAgain when, if nothing happens before; empty once the run is over
 */
public record Decision(
    List<Action> actions, ImageBuildStatus status, Optional<Duration> lookAgain) {

  /** Copies the list. */
  public Decision {
    actions = List.copyOf(actions);
  }

  /** Whether a Pod is to come in the place of another. */
  public boolean replacesPods() {
    return actions.stream()
        .anyMatch(action ->
            action instanceof Action.Create(_, Pod pod, _)
                && !"1".equals(pod.getMetadata().getLabels().get(Labels.ATTEMPT)));
  }
}
