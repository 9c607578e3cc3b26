package dev.stagewright.api.v1alpha1;

import java.util.Arrays;

/** Phase of a run. */
public enum BuildPhase {
  /** The operator has accepted the spec, but has not created any objects. */
  Pending,
  /** The run waits until the concurrency limits allow it to start. */
  Queued,
  /**
   * The container prepare fetches the source, evaluates the Dockerfile and resolves base images.
   */
  Preparing,
  /** The stages are running. */
  Building,
  /** The container publish pushes the image. */
  Pushing,
  /** The image is in the registry. */
  Succeeded,
  /** The run failed. No image was pushed. */
  Failed,
  /** The run was cancelled by the user. */
  Cancelled;

  /** Whether the run has ended. */
  public boolean isFinal() {
    return switch (this) {
      case Succeeded, Failed, Cancelled -> true;
      case Pending, Queued, Preparing, Building, Pushing -> false;
    };
  }

  /**
   * Whether the reason of a condition is the name of a phase. Otherwise, it is why a run waits or
   * failed.
   */
  public static boolean isPhase(String reason) {
    return Arrays.stream(values()).anyMatch(phase -> phase.name().equals(reason));
  }
}
