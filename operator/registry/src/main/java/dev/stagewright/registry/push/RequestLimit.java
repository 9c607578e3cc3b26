package dev.stagewright.registry.push;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The largest number of bytes per request to a registry, as far as it is known: proxies in front of
 * registries respond with 413 to larger requests. All uploads share what one has learned.
 * Thread-safe.
 */
public final class RequestLimit {
  /** Registries buffer little, and an interruption costs no more than this. */
  public static final long DEFAULT_CHUNK = 16L << 20;

  private static final long MIN_CHUNK = 1 << 18;
  private static final int REDUCTION_FACTOR = 4;

  private final long chunk;
  private final AtomicLong maxBytes;
  private final AtomicReference<UploadMode> mode = new AtomicReference<>(UploadMode.ANY);

  /** The supported forms of an upload. */
  private enum UploadMode {
    ANY,
    SINGLE_REQUEST,
    CHUNKS
  }

  /**
   * Creates a limit.
   *
   * @param configured the configured limit; empty for no known limit
   */
  public RequestLimit(Optional<Long> configured) {
    this.chunk = configured.orElse(DEFAULT_CHUNK);
    this.maxBytes = new AtomicLong(configured.orElse(Long.MAX_VALUE));
  }

  /** Whether a request may have this many bytes. */
  boolean allows(long bytes) {
    return bytes <= maxBytes.get();
  }

  /** Records that an upload succeeded after one of the two forms had been rejected. */
  void learn(boolean isSingleRequestRejected, boolean areChunksRejected) {
    if (isSingleRequestRejected) {
      mode.set(UploadMode.CHUNKS);
    } else if (areChunksRejected) {
      mode.set(UploadMode.SINGLE_REQUEST);
    }
  }

  /** Whether the registry accepts blobs in chunks only. */
  boolean requiresChunks() {
    return mode.get() == UploadMode.CHUNKS;
  }

  /** Whether the registry accepts blobs in a single request only. */
  boolean requiresSingleRequest() {
    return mode.get() == UploadMode.SINGLE_REQUEST;
  }

  /** The size of a chunk that was never rejected. */
  long chunk() {
    return Math.min(chunk, maxBytes.get());
  }

  /**
   * Records that a request of this size was rejected with 413.
   *
   * @return whether a smaller request is worth an attempt
   */
  boolean lower(long rejected) {
    var smaller = Math.min(chunk, smaller(rejected));
    if (smaller >= rejected) {
      return false;
    }
    maxBytes.accumulateAndGet(smaller, Math::min);
    return true;
  }

  /** Returns a smaller size, with a lower bound for chunks. */
  static long smaller(long chunk) {
    return Math.min(chunk, Math.max(chunk / REDUCTION_FACTOR, MIN_CHUNK));
  }
}
