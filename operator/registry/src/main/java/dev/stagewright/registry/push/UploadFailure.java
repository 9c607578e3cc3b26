package dev.stagewright.registry.push;

import dev.stagewright.registry.error.ErrorKind;
import dev.stagewright.registry.error.RegistryException;

/** What a failure means for the upload that it befell. */
enum UploadFailure {
  /** The session is gone; a replica that does not share the others' uploads answers so. */
  SESSION_LOST,
  /** The registry has more or less than the request was to follow on. */
  OUT_OF_STEP,
  /** The bytes are not those of the digest. */
  WRONG_BYTES,
  /** The request carried too much. */
  TOO_LARGE,
  /** It may go better after a while. */
  PASSING,
  /** The registry does not take such a request at all. */
  NOT_UNDERSTOOD,
  /** Nothing helps. */
  FINAL;

  static UploadFailure of(RegistryException failure) {
    if (failure.isSourceFailure()) {
      return failure.kind().isTransient() ? PASSING : FINAL;
    }
    if (failure.hasCode("UNSUPPORTED")) {
      return NOT_UNDERSTOOD;
    }
    if (failure.hasCode("BLOB_UPLOAD_UNKNOWN") || failure.hasCode("BLOB_UPLOAD_INVALID")) {
      return SESSION_LOST;
    }
    if (failure.hasStatus(416) || failure.hasCode("RANGE_INVALID")) {
      return OUT_OF_STEP;
    }
    return switch (failure.kind()) {
      case RATE_LIMITED, READ_ONLY, UNAVAILABLE -> PASSING;
      case TOO_LARGE -> TOO_LARGE;
      case DIGEST_MISMATCH -> WRONG_BYTES;
      case INVALID -> NOT_UNDERSTOOD;
      // A proxy's page says no more than that, where a registry would give a code.
      case NOT_FOUND -> isWithoutCode(failure) ? SESSION_LOST : NOT_UNDERSTOOD;
      case PROJECT_NOT_FOUND, UNAUTHORIZED, DENIED, PROXY_CACHE, QUOTA, IMMUTABLE_TAG -> FINAL;
    };
  }

  private static boolean isWithoutCode(RegistryException failure) {
    return failure.response().filter(response -> response.codes().isEmpty()).isPresent();
  }

  /** The same failure, as one that is worth another attempt. */
  static RegistryException passing(RegistryException failure) {
    return failure.kind().isTransient()
        ? failure
        : new RegistryException(
            ErrorKind.UNAVAILABLE, String.valueOf(failure.getMessage()), failure);
  }
}
