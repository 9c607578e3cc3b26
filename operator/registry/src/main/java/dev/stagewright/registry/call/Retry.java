package dev.stagewright.registry.call;

import dev.stagewright.registry.error.RegistryException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Tries again what failed for a while: after half a second to a second first, then twice as long
 * each time, or as long as the registry asks for. The pauses are random within their bounds, so
 * that builds that failed together do not come back together.
 */
public final class Retry {
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);
  private static final Duration LONGEST_ASKED_FOR = Duration.ofMinutes(2);

  private final int attempts;
  private final Sleeper pause;

  /** At most so many attempts in all. */
  public Retry(int attempts, Sleeper pause) {
    this.attempts = attempts;
    this.pause = pause;
  }

  /** With another number of attempts. */
  public Retry withAttempts(int other) {
    return new Retry(other, pause);
  }

  /** Something that may fail for a while. */
  @FunctionalInterface
  public interface Attempted<T> {
    /** One attempt. */
    T run() throws RegistryException;
  }

  /**
   * Attempts it until it succeeds, fails for good, or was attempted often enough.
   *
   * @throws RegistryException the last attempt's failure
   */
  public <T> T run(Attempted<T> attempted) throws RegistryException {
    var tries = start();
    while (true) {
      try {
        return attempted.run();
      } catch (RegistryException e) {
        tries.failed(e);
      }
    }
  }

  /** For something that goes on from where it failed. */
  public Tries start() {
    return new Tries();
  }

  /** Counts the failures of one undertaking. Used by one thread. */
  public final class Tries {
    private int failures;

    private Tries() {}

    /** It got further than ever before, so that earlier failures do not count. */
    public void progressed() {
      failures = 0;
    }

    /**
     * An attempt failed; returns when the next may begin.
     *
     * @throws RegistryException the failure, if there is to be no other attempt
     */
    public void failed(RegistryException failure) throws RegistryException {
      failures++;
      if (!failure.kind().isTransient() || failures >= attempts || !pauseAfter(failures, failure)) {
        throw failure;
      }
    }
  }

  private boolean pauseAfter(int attempt, RegistryException failure) {
    try {
      pause.of(failure.retryAfter().map(Retry::bounded).orElseGet(() -> backoff(attempt)));
      return true;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static Duration bounded(Duration askedFor) {
    return askedFor.compareTo(LONGEST_ASKED_FOR) > 0 ? LONGEST_ASKED_FOR : askedFor;
  }

  private static Duration backoff(int attempt) {
    var full = FIRST_PAUSE.multipliedBy(1L << Math.min(attempt - 1, 10));
    var longest = full.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : full;
    var half = longest.toMillis() / 2;
    return Duration.ofMillis(half + ThreadLocalRandom.current().nextLong(half + 1));
  }
}
