package dev.stagewright.registry.push;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Most bytes that one request to a registry may carry, as far as it is known: proxies before
 * registries answer 413 to more. What one blob's upload learns, the others need not. Can be used by
 * several threads.
 */
public final class RequestLimit {
  /** Registries buffer little, and a break costs no more than this. */
  public static final long DEFAULT_CHUNK = 16L << 20;

  private static final long MIN_CHUNK = 1 << 18;
  private static final int REDUCTION_FACTOR = 4;

  private final long chunk;
  private final AtomicLong known;
  private final AtomicReference<Way> way = new AtomicReference<>(Way.ANY);

  /** In how many requests a blob may go. */
  private enum Way {
    ANY,
    ONLY_WHOLE,
    ONLY_CHUNKS
  }

  /**
   * Starts with what is configured.
   *
   * @param configured empty for no limit that is known
   */
  public RequestLimit(Optional<Long> configured) {
    this.chunk = configured.orElse(DEFAULT_CHUNK);
    this.known = new AtomicLong(configured.orElse(Long.MAX_VALUE));
  }

  /** Whether so many bytes may go in one request. */
  boolean allows(long bytes) {
    return bytes <= known.get();
  }

  /** A blob arrived after one of the two ways had been refused. */
  void learn(boolean isWholeRefused, boolean areChunksRefused) {
    if (isWholeRefused) {
      way.set(Way.ONLY_CHUNKS);
    } else if (areChunksRefused) {
      way.set(Way.ONLY_WHOLE);
    }
  }

  /** Whether the registry takes blobs in chunks only. */
  boolean isOnlyChunks() {
    return way.get() == Way.ONLY_CHUNKS;
  }

  /** Whether the registry takes blobs in one request only. */
  boolean isOnlyWhole() {
    return way.get() == Way.ONLY_WHOLE;
  }

  /** The bytes of a chunk that has never been refused. */
  long chunk() {
    return Math.min(chunk, known.get());
  }

  /**
   * A request of so many bytes was refused with 413.
   *
   * @return whether there is something smaller to try
   */
  boolean lower(long refused) {
    var smaller = Math.min(chunk, smaller(refused));
    if (smaller >= refused) {
      return false;
    }
    known.accumulateAndGet(smaller, Math::min);
    return true;
  }

  /** A size with better chances; chunks do not get smaller without end. */
  static long smaller(long chunk) {
    return Math.min(chunk, Math.max(chunk / REDUCTION_FACTOR, MIN_CHUNK));
  }
}
