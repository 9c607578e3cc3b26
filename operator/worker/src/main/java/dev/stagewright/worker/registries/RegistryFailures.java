package dev.stagewright.worker.registries;

import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.registry.error.ErrorKind;
import dev.stagewright.registry.error.RegistryException;

/** Maps failures of registries to failures of builds. */
public final class RegistryFailures {
  private RegistryFailures() {}

  /** Returns the reason for a failure to resolve an image of the Dockerfile. */
  public static FailureReason ofPull(ErrorKind kind) {
    if (kind.isNotFound()) {
      return FailureReason.BaseImageNotFound;
    }
    return kind.isAccessDenied()
        ? FailureReason.BaseImageUnauthorized
        : FailureReason.BaseImageUnavailable;
  }

  /** Returns the failure of a push, with the message of the registry exception. */
  public static BuildFailedException ofPush(RegistryException failure) {
    return ofPush(failure, String.valueOf(failure.getMessage()));
  }

  /**
   * Returns the failure of a push. A failure to read the base image is not reported as a failure of
   * the push.
   */
  public static BuildFailedException ofPush(RegistryException failure, String message) {
    var reason = failure.isSourceFailure() ? ofPull(failure.kind()) : ofPush(failure.kind());
    return new BuildFailedException(Failure.of(reason, message), failure);
  }

  /** Returns the reason for a failure to push. */
  public static FailureReason ofPush(ErrorKind kind) {
    return switch (kind) {
      case UNAUTHORIZED -> FailureReason.PushUnauthorized;
      case DENIED -> FailureReason.PushDenied;
      case PROJECT_NOT_FOUND -> FailureReason.ProjectNotFound;
      case PROXY_CACHE -> FailureReason.ProxyCacheProject;
      case IMMUTABLE_TAG -> FailureReason.TagImmutable;
      case QUOTA -> FailureReason.RegistryQuotaExceeded;
      case TOO_LARGE -> FailureReason.UploadTooLarge;
      case READ_ONLY -> FailureReason.RegistryReadOnly;
      case RATE_LIMITED -> FailureReason.RegistryRateLimited;
      case NOT_FOUND, INVALID -> FailureReason.PushRefused;
      case UNAVAILABLE, DIGEST_MISMATCH -> FailureReason.RegistryUnavailable;
    };
  }
}
