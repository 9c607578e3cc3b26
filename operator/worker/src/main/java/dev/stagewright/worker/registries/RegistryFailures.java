package dev.stagewright.worker.registries;

import dev.stagewright.protocol.FailureReason;
import dev.stagewright.registry.error.ErrorKind;

/** What a registry's failure means for a build. */
public final class RegistryFailures {
  private RegistryFailures() {}

  /** While looking for an image that the Dockerfile names. */
  public static FailureReason ofPull(ErrorKind kind) {
    return switch (kind) {
      case NOT_FOUND -> FailureReason.BaseImageNotFound;
      case UNAUTHORIZED, DENIED -> FailureReason.BaseImageUnauthorized;
      case QUOTA, IMMUTABLE_TAG, TOO_LARGE, RATE_LIMITED, UNAVAILABLE, INVALID, DIGEST_MISMATCH ->
          FailureReason.BaseImageUnavailable;
    };
  }

  /** While pushing. */
  public static FailureReason ofPush(ErrorKind kind) {
    return switch (kind) {
      case UNAUTHORIZED -> FailureReason.PushUnauthorized;
      case NOT_FOUND, DENIED, QUOTA, IMMUTABLE_TAG, TOO_LARGE, INVALID -> FailureReason.PushRefused;
      case RATE_LIMITED, UNAVAILABLE, DIGEST_MISMATCH -> FailureReason.RegistryUnavailable;
    };
  }
}
