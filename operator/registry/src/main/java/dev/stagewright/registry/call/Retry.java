package dev.stagewright.registry.call;

import dev.stagewright.registry.error.RegistryException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Retries with exponential backoff: the first delay is half a second to a second, each further
 * delay is twice as long, up to a limit. A {@code Retry-After} of the server takes precedence.
 * Delays have jitter, so that builds that failed at the same time do not retry at the same time.
 */
public final class Retry {
  private static final Duration FIRST_DELAY = Duration.ofSeconds(1);
  private static final Duration MAX_DELAY = Duration.ofSeconds(15);
  private static final Duration MAX_RETRY_AFTER = Duration.ofMinutes(2);

  private final int maxAttempts;
  private final Duration maxRetryAfter;
  private final Sleeper sleeper;

  /** Creates a policy of at most so many attempts. */
  public Retry(int maxAttempts, Sleeper sleeper) {
    this(maxAttempts, MAX_RETRY_AFTER, sleeper);
  }

  private Retry(int maxAttempts, Duration maxRetryAfter, Sleeper sleeper) {
    this.maxAttempts = maxAttempts;
    this.maxRetryAfter = maxRetryAfter;
    this.sleeper = sleeper;
  }

  /** Returns the policy with another number of attempts. */
  public Retry withAttempts(int attempts) {
    return new Retry(attempts, maxRetryAfter, sleeper);
  }

  /** Returns the policy with another limit for the delays that servers request. */
  public Retry withMaxRetryAfter(Duration limit) {
    return new Retry(maxAttempts, limit, sleeper);
  }

  /** An operation that can fail temporarily. */
  @FunctionalInterface
  public interface Retryable<T> {
    /** Runs the operation once. */
    T run() throws RegistryException;
  }

  /**
   * Runs an operation until it succeeds, fails permanently, or no attempts are left.
   *
   * @throws RegistryException the failure of the last attempt
   */
  public <T> T run(Retryable<T> operation) throws RegistryException {
    var attempts = start();
    while (true) {
      try {
        return operation.run();
      } catch (RegistryException e) {
        attempts.failed(e);
      }
    }
  }

  /** Starts counting, for an operation that controls its own loop. */
  public Attempts start() {
    return new Attempts();
  }

  /** Counts the failed attempts of one operation. Not thread-safe. */
  public final class Attempts {
    private int failures;

    private Attempts() {}

    /** Forgets earlier failures, because the operation made progress. */
    public void progressed() {
      failures = 0;
    }

    /**
     * Records a failed attempt, and returns when the next attempt may start.
     *
     * @throws RegistryException the failure, if there is no further attempt
     */
    public void failed(RegistryException failure) throws RegistryException {
      try {
        if (!failure.kind().isTransient() || !pause(failure.retryAfter())) {
          throw failure;
        }
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        throw failure;
      }
    }

    /**
     * Records an attempt that failed temporarily, and waits until the next attempt may start.
     *
     * @param retryAfter the delay that the server requested; empty for the default
     * @return false if no attempts are left
     */
    public boolean pause(Optional<Duration> retryAfter) throws InterruptedException {
      failures++;
      if (failures >= maxAttempts) {
        return false;
      }
      sleeper.sleep(
          retryAfter.map(delay -> min(delay, maxRetryAfter)).orElseGet(() -> backoff(failures)));
      return true;
    }

    /** The number of failed attempts. */
    public int failures() {
      return failures;
    }
  }

  private static Duration backoff(int failures) {
    var delay = FIRST_DELAY.multipliedBy(1L << Math.min(failures - 1, 10));
    var half = min(delay, MAX_DELAY).toMillis() / 2;
    return Duration.ofMillis(half + ThreadLocalRandom.current().nextLong(half + 1));
  }

  private static Duration min(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
