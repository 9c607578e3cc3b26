package dev.stagewright.registry.http;

import java.time.Duration;
import java.util.Optional;

/** Runs an action once when a peer is idle for too long. */
final class IdleTimer implements AutoCloseable {
  private static final long CHECKS_PER_LIMIT = 8;

  private final Thread watcher;
  private volatile Optional<Wait> wait = Optional.empty();
  private volatile Optional<Runnable> onExpiry = Optional.empty();
  private volatile boolean expired;

  private record Wait(long start, Duration limit) {
    boolean isOver() {
      return System.nanoTime() - start > limit.toNanos();
    }
  }

  /**
   * Starts a timer that does not wait yet.
   *
   * @param shortest the shortest limit that will be used
   */
  IdleTimer(Duration shortest) {
    var interval = shortest.dividedBy(CHECKS_PER_LIMIT);
    watcher = Thread.ofVirtual().start(() -> watch(interval));
  }

  /** Sets the action that runs on expiry. */
  void onExpiry(Runnable action) {
    onExpiry = Optional.of(action);
  }

  /** Starts waiting for the peer, at most this long. */
  void await(Duration limit) {
    wait = Optional.of(new Wait(System.nanoTime(), limit));
  }

  /** Stops waiting for the peer. */
  void pause() {
    wait = Optional.empty();
  }

  /** Whether the peer was idle for too long. */
  boolean isExpired() {
    return expired;
  }

  @Override
  public void close() {
    watcher.interrupt();
  }

  private void watch(Duration interval) {
    try {
      while (onExpiry.isEmpty() || wait.filter(Wait::isOver).isEmpty()) {
        Thread.sleep(interval);
      }
      expired = true;
      onExpiry.ifPresent(Runnable::run);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
