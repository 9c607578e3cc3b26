package dev.stagewright.api.v1alpha1;

/** How far a run is. */
public enum BuildPhase {
  /** Seen by the operator; nothing has been created yet. */
  Pending,
  /** Held back until there is room for it. */
  Queued,
  /** The prepare Pod fetches the source, reads the Dockerfile and resolves base images. */
  Preparing,
  /** The stages run. */
  Building,
  /** The push Pod uploads the image. */
  Pushing,
  /** The image is in the registry. */
  Succeeded,
  /** Nothing was pushed. */
  Failed,
  /** Stopped on request. */
  Cancelled;

  /** Whether nothing more happens in this run. */
  public boolean isFinal() {
    return switch (this) {
      case Succeeded, Failed, Cancelled -> true;
      case Pending, Queued, Preparing, Building, Pushing -> false;
    };
  }
}
