package dev.stagewright.controller.cluster;

import java.util.Optional;

/** What asking for a Pod's log comes to. */
public sealed interface PodLog {
  /** The log, or its end. */
  record Text(String text) implements PodLog {}

  /**
   * There is none, or its node does not give it at the moment. No answer tells the one from the
   * other: a node that was just restarted knows none of its Pods until it has heard of them.
   *
   * @param why the API server's words, where it has any
   */
  record OutOfReach(String why) implements PodLog {}

  /** The log; empty where it is not to be had, for whatever reason. */
  default Optional<String> read() {
    return this instanceof Text(var text) ? Optional.of(text) : Optional.empty();
  }
}
