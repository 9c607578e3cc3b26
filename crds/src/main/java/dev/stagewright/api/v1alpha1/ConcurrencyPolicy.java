package dev.stagewright.api.v1alpha1;

/** How to treat an active run when the spec changes. */
public enum ConcurrencyPolicy {
  /** Cancels the active run and builds the new spec. */
  Replace,
  /** Lets the active run finish, then builds every observed spec in order. */
  Queue,
  /** Lets the active run finish, then builds only the latest spec. */
  LatestOnly
}
