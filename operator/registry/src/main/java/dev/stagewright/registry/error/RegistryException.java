package dev.stagewright.registry.error;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A registry did not do what was asked. The message is fit for the user's eyes: what was attempted,
 * where, what the registry answered, and what to do; never credentials.
 */
public final class RegistryException extends IOException {
  private static final long serialVersionUID = 1L;

  private final ErrorKind kind;
  private final transient Optional<ErrorResponse> response;
  private final boolean sourceFailure;

  /** What came back is not what it has to be. */
  RegistryException(ErrorKind kind, String message) {
    this(kind, message, Optional.empty(), null, false);
  }

  /** A failure that is not a registry's response. */
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

  /** The same, and something more to say. */
  public RegistryException with(String more) {
    return new RegistryException(kind, getMessage() + "; " + more, response, this, sourceFailure);
  }

  /** The same, as the failure of reading something that was to be pushed to another repository. */
  public RegistryException asSourceFailure() {
    return sourceFailure
        ? this
        : new RegistryException(kind, String.valueOf(getMessage()), response, this, true);
  }

  /** Whether it is not the push that failed, but the reading of what was to be pushed. */
  public boolean isSourceFailure() {
    return sourceFailure;
  }

  /** What kind of failure it is. */
  public ErrorKind kind() {
    return kind;
  }

  /** What the registry answered; empty if it did not, or something else was wrong. */
  public Optional<ErrorResponse> response() {
    return response;
  }

  /** Whether the registry gave a code of the distribution specification. */
  public boolean hasCode(String code) {
    return response.filter(rejection -> rejection.codes().contains(code)).isPresent();
  }

  /** Whether the registry answered with this status. */
  public boolean hasStatus(int status) {
    return response.filter(rejection -> rejection.status() == status).isPresent();
  }

  /** How long the registry asked to be left alone; empty if it did not say. */
  public Optional<Duration> retryAfter() {
    return response.flatMap(ErrorResponse::retryAfter);
  }
}
