package dev.stagewright.registry.http;

import java.time.Duration;
import java.util.Optional;

/** Does something once when a peer is silent for too long. */
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
   * Starts without anything to wait for.
   *
   * @param shortest limit that will be asked for
   */
  IdleTimer(Duration shortest) {
    var pause = shortest.dividedBy(CHECKS_PER_LIMIT);
    watcher = Thread.ofVirtual().start(() -> watch(pause));
  }

  /** What to do when the peer was silent for too long. */
  void onExpiry(Runnable action) {
    onExpiry = Optional.of(action);
  }

  /** From this moment the peer has this long. */
  void await(Duration limit) {
    wait = Optional.of(new Wait(System.nanoTime(), limit));
  }

  /** It is not the peer who is waited for. */
  void rest() {
    wait = Optional.empty();
  }

  /** Whether the peer was silent for too long. */
  boolean isExpired() {
    return expired;
  }

  @Override
  public void close() {
    watcher.interrupt();
  }

  private void watch(Duration pause) {
    try {
      while (onExpiry.isEmpty() || wait.filter(Wait::isOver).isEmpty()) {
        Thread.sleep(pause);
      }
      expired = true;
      onExpiry.ifPresent(Runnable::run);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
