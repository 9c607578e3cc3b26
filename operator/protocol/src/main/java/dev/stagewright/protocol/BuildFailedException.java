package dev.stagewright.protocol;

/** Ends a phase with a {@link Failure} that is shown to the user. */
public final class BuildFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Failure failure;

  /** Ends the phase with this failure. */
  public BuildFailedException(Failure failure) {
    super(failure.message());
    this.failure = failure;
  }

  /** Ends the phase with this failure and keeps the cause for the log. */
  public BuildFailedException(Failure failure, Throwable cause) {
    super(failure.message(), cause);
    this.failure = failure;
  }

  /** The failure for the user. */
  public Failure failure() {
    return failure;
  }
}
