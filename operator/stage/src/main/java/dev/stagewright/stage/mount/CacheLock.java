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
 * Locks a directory of a cache across Pods with locks on a file, which end with their process. The
 * first byte is the lock for creating the directory, the second for using it; eviction needs both.
 *
 * <p>A process must not open the file of a lock that it holds: the kernel releases the locks of a
 * process on a file when the process closes any descriptor of the file.
 */
final class CacheLock implements Closeable {
  private static final int CREATION = 0;
  private static final int USE = 1;
  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(50);
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(3);

  private final FileChannel channel;
  private final FileLocking locking;

  private CacheLock(FileChannel channel, FileLocking locking) {
    this.channel = channel;
    this.locking = locking;
  }

  static CacheLock open(Path file, FileLocking locking) throws IOException {
    return new CacheLock(
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
        locking);
  }

  /** Waits for the lock to create the directory, which is held until the result is closed. */
  FileLock creation() throws IOException {
    return await(CREATION, false, () -> {});
  }

  /** Tries to lock the directory exclusively until this instance is closed. */
  boolean tryExclusive() throws IOException {
    return attempt(USE, false).isPresent();
  }

  /** Tries to exclude all users and creators of the directory until this instance is closed. */
  boolean tryEviction() throws IOException {
    return attempt(CREATION, false).isPresent() && tryExclusive();
  }

  /**
   * Waits for the lock to use the directory, which is held until this instance or the result is
   * closed.
   *
   * @param shared whether other processes may share the lock
   * @param waiting called once if the lock is not available immediately
   */
  FileLock await(boolean shared, Runnable waiting) throws IOException {
    return await(USE, shared, waiting);
  }

  private FileLock await(int position, boolean shared, Runnable waiting) throws IOException {
    var start = System.nanoTime();
    var logged = false;
    for (var lock = attempt(position, shared); ; lock = attempt(position, shared)) {
      if (lock.isPresent()) {
        return lock.get();
      }
      if (!logged && System.nanoTime() - start > PATIENCE) {
        logged = true;
        waiting.run();
      }
      LockSupport.parkNanos(PAUSE);
    }
  }

  private Optional<FileLock> attempt(int position, boolean shared)
      throws LocksUnsupportedException {
    try {
      return Optional.ofNullable(locking.tryLock(channel, position, shared));
    } catch (OverlappingFileLockException _) {
      return Optional.empty(); // This process already holds the lock.
    } catch (IOException e) {
      throw new LocksUnsupportedException(e);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
