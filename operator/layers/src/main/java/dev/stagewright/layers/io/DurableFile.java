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
 * A file that appears under its name only when it is complete and on disk: written under a
 * temporary name, synced, renamed. Closed without {@link #publish}, it leaves nothing.
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

  /** Starts a file in a folder that exists; one of that name is replaced in the end. */
  public static DurableFile create(Path target) throws IOException {
    // Not Files.createTempFile: that one's files are for their owner only.
    var suffix = Long.toHexString(ThreadLocalRandom.current().nextLong());
    var temporary = folderOf(target).resolve("." + target.getFileName() + "." + suffix + ".part");
    var channel =
        FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    return new DurableFile(target, temporary, channel);
  }

  /** Writes these bytes as a whole file. */
  public static void write(Path target, byte[] content) throws IOException {
    try (var file = create(target)) {
      file.out().write(content);
      file.publish();
    }
  }

  private static Path folderOf(Path target) {
    var folder = target.toAbsolutePath().getParent();
    if (folder == null) {
      throw new IllegalArgumentException(target + " is no file's path");
    }
    return folder;
  }

  /** Where the content goes, unbuffered. Closing it does no harm. */
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

  /** Makes it appear under its name. */
  public void publish() throws IOException {
    publishAs(target);
  }

  /** Makes it appear under another name in the same file system. */
  public void publishAs(Path name) throws IOException {
    channel.force(true);
    channel.close();
    Files.move(temporary, name, StandardCopyOption.ATOMIC_MOVE);
    try (var folder = FileChannel.open(folderOf(name), StandardOpenOption.READ)) {
      folder.force(true);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
    Files.deleteIfExists(temporary);
  }
}
