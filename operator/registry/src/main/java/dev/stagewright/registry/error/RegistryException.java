package dev.stagewright.registry.error;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A call to a registry failed. The message is for users: it says what was attempted, at which
 * registry, what the registry responded, and what to do; it never contains credentials.
 */
public final class RegistryException extends IOException {
  private static final long serialVersionUID = 1L;

  private final ErrorKind kind;
  private final transient Optional<ErrorResponse> response;
  private final boolean sourceFailure;

  /** The response is invalid. */
  RegistryException(ErrorKind kind, String message) {
    this(kind, message, Optional.empty(), null, false);
  }

  /** A failure without an error response. */
  public RegistryException(ErrorKind kind, String message, Throwable cause) {
    this(kind, message, Optional.empty(), cause, false);
  }

  /** A registry's rejection. */
  RegistryException(ErrorKind kind, String message, ErrorResponse response) {
    this(kind, message, Optional.of(response), null, false);
  }

  private RegistryException(
      ErrorKind kind,
      String message,
      Optional<ErrorResponse> response,
      @Nullable Throwable cause,
      boolean sourceFailure) {
    super(message, cause);
    this.kind = kind;
    this.response = response;
    this.sourceFailure = sourceFailure;
  }

  /** Returns the exception with an addition to its message. */
  public RegistryException withDetail(String detail) {
    return new RegistryException(kind, getMessage() + "; " + detail, response, this, sourceFailure);
  }

  /** Returns the exception as a failure to read the source of a push to another repository. */
  public RegistryException asSourceFailure() {
    return sourceFailure
        ? this
        : new RegistryException(kind, String.valueOf(getMessage()), response, this, true);
  }

  /** Whether reading the source of a push failed, not the push itself. */
  public boolean isSourceFailure() {
    return sourceFailure;
  }

  /** The kind of the failure. */
  public ErrorKind kind() {
    return kind;
  }

  /** The error response; empty if there was none. */
  public Optional<ErrorResponse> response() {
    return response;
  }

  /** Whether the response has an error code of the distribution specification. */
  public boolean hasCode(String code) {
    return response.filter(rejection -> rejection.codes().contains(code)).isPresent();
  }

  /** Whether the response has a status code. */
  public boolean hasStatus(int status) {
    return response.filter(rejection -> rejection.status() == status).isPresent();
  }

  /** The delay that the registry requested; empty if absent. */
  public Optional<Duration> retryAfter() {
    return response.flatMap(ErrorResponse::retryAfter);
  }
}
