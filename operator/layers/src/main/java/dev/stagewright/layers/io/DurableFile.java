package dev.stagewright.layers.io;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A file that appears under its name only when it is complete and on disk: it is written under a
 * temporary name, synced and renamed. If it is closed without {@link #publish}, nothing remains.
 */
public final class DurableFile implements Closeable {
  private final Path target;
  private final Path temporary;
  private final FileChannel channel;

  private DurableFile(Path target, Path temporary, FileChannel channel) {
    this.target = target;
    this.temporary = temporary;
    this.channel = channel;
  }

  /** Starts a file in an existing directory; publishing replaces an existing file. */
  public static DurableFile create(Path target) throws IOException {
    // Files.createTempFile is not used, because it creates files for their owner only.
    var suffix = Long.toHexString(ThreadLocalRandom.current().nextLong());
    var temporary =
        directoryOf(target).resolve("." + target.getFileName() + "." + suffix + ".part");
    var channel =
        FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    return new DurableFile(target, temporary, channel);
  }

  /** Writes a file completely. */
  public static void write(Path target, byte[] content) throws IOException {
    try (var file = create(target)) {
      file.out().write(content);
      file.publish();
    }
  }

  private static Path directoryOf(Path target) {
    var directory = target.toAbsolutePath().getParent();
    if (directory == null) {
      throw new IllegalArgumentException(target + " is not the path of a file");
    }
    return directory;
  }

  /** An unbuffered stream for the content. Closing it is optional. */
  public OutputStream out() {
    return new OutputStream() {
      private final OutputStream to = Channels.newOutputStream(channel);

      @Override
      public void write(int b) throws IOException {
        to.write(b);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        to.write(bytes, offset, length);
      }
    };
  }

  /** Publishes the file under its name. */
  public void publish() throws IOException {
    publishAs(target);
  }

  /** Publishes the file under another name in the same file system. */
  public void publishAs(Path name) throws IOException {
    channel.force(true);
    channel.close();
    rename(temporary, name);
  }

  /** Moves a file that is on disk to another name in the same file system. */
  public static void rename(Path file, Path name) throws IOException {
    Files.move(file, name, StandardCopyOption.ATOMIC_MOVE);
    try (var directory = FileChannel.open(directoryOf(name), StandardOpenOption.READ)) {
      directory.force(true);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
    Files.deleteIfExists(temporary);
  }
}
