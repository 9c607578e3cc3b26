package dev.stagewright.registry.error;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A registry did not do what was asked. The message is fit for the user's eyes: what was attempted,
 * where, what the registry answered, and what to do; never credentials.
 */
public final class RegistryException extends IOException {
  private static final long serialVersionUID = 1L;

  private final ErrorKind kind;
  private final List<String> codes;
  private final transient Optional<Duration> retryAfter;

  /** A failure that is not a registry's answer. */
  public RegistryException(ErrorKind kind, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.codes = List.of();
    this.retryAfter = Optional.empty();
  }

  /** A registry's refusal. */
  RegistryException(
      ErrorKind kind, String message, List<String> codes, Optional<Duration> retryAfter) {
    super(message);
    this.kind = kind;
    this.codes = List.copyOf(codes);
    this.retryAfter = retryAfter;
  }

  /** What kind of failure it is. */
  public ErrorKind kind() {
    return kind;
  }

  /** The codes of the distribution specification that the registry gave; empty if it gave none. */
  public List<String> codes() {
    return codes;
  }

  /** How long the registry asked to be left alone; empty if it did not say. */
  public Optional<Duration> retryAfter() {
    return retryAfter;
  }
}
