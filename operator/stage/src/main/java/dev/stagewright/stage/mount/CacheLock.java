package dev.stagewright.stage.mount;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Who uses a directory of a cache, across Pods: locks on a file, which end with the process that
 * holds them. Its first byte stands for making the directory, its second for using it.
 */
final class CacheLock implements Closeable {
  private static final int CREATION = 0;
  private static final int USE = 1;
  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(50);
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(3);

  private final FileChannel channel;

  private CacheLock(FileChannel channel) {
    this.channel = channel;
  }

  static CacheLock open(Path file) throws IOException {
    return new CacheLock(
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE));
  }

  /** Waits for the right to make the directory; held until the result is closed. */
  FileLock creation() throws IOException {
    return await(CREATION, false, () -> {});
  }

  /** Takes it for ourselves alone, if nobody uses it; held until this is closed. */
  boolean tryExclusive() throws IOException {
    return attempt(USE, false).isPresent();
  }

  /**
   * Waits until we may use it; held until this is closed.
   *
   * @param shared together with others who want it so
   * @param waiting told once when it takes long
   */
  void await(boolean shared, Runnable waiting) throws IOException {
    await(USE, shared, waiting);
  }

  private FileLock await(int position, boolean shared, Runnable waiting) throws IOException {
    var start = System.nanoTime();
    var told = false;
    for (var lock = attempt(position, shared); ; lock = attempt(position, shared)) {
      if (lock.isPresent()) {
        return lock.get();
      }
      if (!told && System.nanoTime() - start > PATIENCE) {
        told = true;
        waiting.run();
      }
      LockSupport.parkNanos(PAUSE);
    }
  }

  private Optional<FileLock> attempt(int position, boolean shared) throws IOException {
    try {
      return Optional.ofNullable(channel.tryLock(position, 1, shared));
    } catch (OverlappingFileLockException _) {
      return Optional.empty(); // It is this very process that holds it.
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
