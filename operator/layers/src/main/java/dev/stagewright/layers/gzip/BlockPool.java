package dev.stagewright.layers.gzip;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Threads that compress blocks, and the blocks that they have: one a thread, and one more each for
 * what is being filled and what is being written. Threads start with the first block.
 */
final class BlockPool implements AutoCloseable {
  private static final int BESIDE_THREADS = 2;

  private final int level;
  private final int threads;
  private final List<GzipBlock> all = new ArrayList<>();
  private final Deque<GzipBlock> free = new ArrayDeque<>();
  private Optional<ExecutorService> executor = Optional.empty();

  BlockPool(int level, int threads) {
    this.level = level;
    this.threads = threads;
  }

  /** A block that nobody uses; empty if one has to be given back first. */
  Optional<GzipBlock> take() {
    if (free.isEmpty() && all.size() < threads + BESIDE_THREADS) {
      var block = new GzipBlock(level);
      all.add(block);
      return Optional.of(block);
    }
    return Optional.ofNullable(free.poll());
  }

  void giveBack(GzipBlock block) {
    free.add(block);
  }

  /** Has a block that is not the last one compressed. */
  Future<?> compress(GzipBlock block) {
    if (executor.isEmpty()) {
      var factory = Thread.ofPlatform().daemon().name("gzip-", 0).factory();
      executor = Optional.of(Executors.newFixedThreadPool(threads, factory));
    }
    return executor.get().submit(() -> block.compress(false));
  }

  /** Waits for what is still being compressed, and frees all memory. */
  @Override
  public void close() {
    executor.ifPresent(ExecutorService::close);
    all.forEach(GzipBlock::close);
  }
}
