package dev.stagewright.api.v1alpha1;

/** What becomes of a run in flight when the spec changes. */
public enum ConcurrencyPolicy {
  /** It is stopped, and the new spec is built. */
  Replace,
  /** It goes on; every spec that was seen is built after it, in order. */
  Queue,
  /** It goes on; after it the newest spec is built, and those in between are not. */
  LatestOnly
}
