package dev.stagewright.worker.registries;

import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.registry.error.ErrorKind;
import dev.stagewright.registry.error.RegistryException;

/** What a registry's failure means for a build. */
public final class RegistryFailures {
  private RegistryFailures() {}

  /** While looking for an image that the Dockerfile names. */
  public static FailureReason ofPull(ErrorKind kind) {
    if (kind.isNotFound()) {
      return FailureReason.BaseImageNotFound;
    }
    return kind.isAccessDenied()
        ? FailureReason.BaseImageUnauthorized
        : FailureReason.BaseImageUnavailable;
  }

  /** The same while pushing, or asking about a push, with the registry's words. */
  public static BuildFailedException ofPush(RegistryException failure) {
    return ofPush(failure, String.valueOf(failure.getMessage()));
  }

  /** The same with these words. A base image that cannot be read is no refusal of the push. */
  public static BuildFailedException ofPush(RegistryException failure, String message) {
    var reason = failure.isSourceFailure() ? ofPull(failure.kind()) : ofPush(failure.kind());
    return new BuildFailedException(Failure.of(reason, message), failure);
  }

  /** While pushing. */
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
