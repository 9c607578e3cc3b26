package dev.stagewright.registry.push;

import dev.stagewright.registry.error.ErrorKind;
import dev.stagewright.registry.error.RegistryException;

/** The effect of a failure on an upload. */
enum UploadFailure {
  /** The session is lost; replicas that do not share uploads respond like this. */
  SESSION_LOST,
  /** The registry has another offset than the request. */
  OFFSET_MISMATCH,
  /** The bytes do not match the digest. */
  DIGEST_MISMATCH,
  /** The request is too large. */
  TOO_LARGE,
  /** The failure is temporary. */
  TRANSIENT,
  /** The registry does not support the request. */
  UNSUPPORTED,
  /** The failure is permanent. */
  PERMANENT;

  static UploadFailure of(RegistryException failure) {
    if (failure.isSourceFailure()) {
      return failure.kind().isTransient() ? TRANSIENT : PERMANENT;
    }
    if (failure.hasCode("UNSUPPORTED")) {
      return UNSUPPORTED;
    }
    if (failure.hasCode("BLOB_UPLOAD_UNKNOWN") || failure.hasCode("BLOB_UPLOAD_INVALID")) {
      return SESSION_LOST;
    }
    if (failure.hasStatus(416) || failure.hasCode("RANGE_INVALID")) {
      return OFFSET_MISMATCH;
    }
    return switch (failure.kind()) {
      case RATE_LIMITED, READ_ONLY, UNAVAILABLE -> TRANSIENT;
      case TOO_LARGE -> TOO_LARGE;
      case DIGEST_MISMATCH -> DIGEST_MISMATCH;
      case INVALID -> UNSUPPORTED;
      // A web page of a proxy has no code, unlike a response of a registry.
      case NOT_FOUND -> isWithoutCode(failure) ? SESSION_LOST : UNSUPPORTED;
      case PROJECT_NOT_FOUND, UNAUTHORIZED, DENIED, PROXY_CACHE, QUOTA, IMMUTABLE_TAG -> PERMANENT;
    };
  }

  private static boolean isWithoutCode(RegistryException failure) {
    return failure.response().filter(response -> response.codes().isEmpty()).isPresent();
  }

  /** Returns the failure as one that is worth another attempt. */
  static RegistryException asTransient(RegistryException failure) {
    return failure.kind().isTransient()
        ? failure
        : new RegistryException(
            ErrorKind.UNAVAILABLE, String.valueOf(failure.getMessage()), failure);
  }
}
