package dev.stagewright.controller.cluster;

import java.util.Optional;

/** The result of reading the log of a Pod. */
public sealed interface PodLog {
  /** The log or its last lines. */
  record Text(String text) implements PodLog {}

  /**
   * The log does not exist, or its node cannot serve it at the moment. The two cases cannot be
   * distinguished: a kubelet that has just restarted does not know its Pods yet.
   *
   * @param reason message of the API server
   */
  record Unavailable(String reason) implements PodLog {}

  /** The log; empty if it is not available for any reason. */
  default Optional<String> read() {
    return this instanceof Text(var text) ? Optional.of(text) : Optional.empty();
  }
}
