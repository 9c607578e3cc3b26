package dev.stagewright.controller.decide;

import dev.stagewright.api.v1alpha1.ImageBuildStatus;
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
}
