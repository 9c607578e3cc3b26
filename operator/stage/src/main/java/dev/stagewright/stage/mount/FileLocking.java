package dev.stagewright.stage.mount;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import org.jspecify.annotations.Nullable;

/** Locks one byte of a file. */
@FunctionalInterface
interface FileLocking {
  /** The locks of the operating system. */
  FileLocking OF_SYSTEM = (channel, position, shared) -> channel.tryLock(position, 1, shared);

  /**
   * Tries to lock a byte.
   *
   * @return null if another process has the lock
   * @throws IOException if the file system does not support locks
   */
  @Nullable FileLock tryLock(FileChannel channel, int position, boolean shared) throws IOException;
}
