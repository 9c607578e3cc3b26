package dev.stagewright.controller.cluster;

import java.util.Optional;

/** What asking for a Pod's log comes to. */
public sealed interface PodLog {
  /** The log, or its end. */
  record Text(String text) implements PodLog {}

  /** There is none, or none any more. */
  record Gone() implements PodLog {}

  /**
   * Its node has it, and does not give it at the moment.
   *
   * @param why the API server's words
   */
  record OutOfReach(String why) implements PodLog {}

  /** The log; empty where it is not to be had, for whatever reason. */
  default Optional<String> read() {
    return this instanceof Text(var text) ? Optional.of(text) : Optional.empty();
  }
}
