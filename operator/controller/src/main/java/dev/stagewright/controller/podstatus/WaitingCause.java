package dev.stagewright.controller.podstatus;

import java.util.Optional;

/**
 * Why a Pod does not start.
 *
 * @param container the container that waits or blocks the Pod, if it is not part of Stagewright
 */
public record WaitingCause(WaitingReason reason, String message, Optional<String> container) {
  /** A cause that concerns Stagewright's own container, or the Pod as a whole. */
  public WaitingCause(WaitingReason reason, String message) {
    this(reason, message, Optional.empty());
  }
}
