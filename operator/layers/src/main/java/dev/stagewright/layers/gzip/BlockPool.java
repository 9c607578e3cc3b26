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
 * A pool of threads that compress blocks, and of their blocks: one per thread, one that is filled,
 * and one that is written. Threads start with the first block.
 */
final class BlockPool implements AutoCloseable {
  private static final int ADDITIONAL_BLOCKS = 2;

  private final int level;
  private final int threads;
  private final List<GzipBlock> all = new ArrayList<>();
  private final Deque<GzipBlock> free = new ArrayDeque<>();
  private Optional<ExecutorService> executor = Optional.empty();

  BlockPool(int level, int threads) {
    this.level = level;
    this.threads = threads;
  }

  /** Returns an unused block; empty if one has to be returned first. */
  Optional<GzipBlock> take() {
    if (free.isEmpty() && all.size() < threads + ADDITIONAL_BLOCKS) {
      var block = new GzipBlock(level);
      all.add(block);
      return Optional.of(block);
    }
    return Optional.ofNullable(free.poll());
  }

  void release(GzipBlock block) {
    free.add(block);
  }

  /** Compresses a block that is not the last one. */
  Future<?> compress(GzipBlock block) {
    if (executor.isEmpty()) {
      var factory = Thread.ofPlatform().daemon().name("gzip-", 0).factory();
      executor = Optional.of(Executors.newFixedThreadPool(threads, factory));
    }
    return executor.get().submit(() -> block.compress(false));
  }

  /** Waits for running compressions, and frees all memory. */
  @Override
  public void close() {
    executor.ifPresent(ExecutorService::close);
    all.forEach(GzipBlock::close);
  }
}
