package dev.stagewright.controller.decide;

import dev.stagewright.api.v1alpha1.ImageBuildStatus;
import dev.stagewright.controller.run.Labels;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The next actions and the status of a run.
 *
 * @param actions to execute, in order
 * @param status to write to the ImageBuild
 * @param requeueAfter when to reconcile again without an event; empty if that is not necessary
 */
public record Decision(
    List<Action> actions, ImageBuildStatus status, Optional<Duration> requeueAfter) {

  /** Copies the list. */
  public Decision {
    actions = List.copyOf(actions);
  }

  /** Whether the actions create a Pod for a second or later attempt. */
  public boolean replacesPods() {
    return actions.stream()
        .anyMatch(action ->
            action instanceof Action.Create(_, Pod pod, _)
                && !"1".equals(pod.getMetadata().getLabels().get(Labels.ATTEMPT)));
  }
}
