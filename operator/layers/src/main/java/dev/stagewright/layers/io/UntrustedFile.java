package dev.stagewright.layers.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * A file in a directory that a stage can write. A command that has taken over its container can put
 * a symbolic link in its place, which would lead whoever reads the file to files of their own
 * container, such as credentials. So only regular files are opened, and no link is followed.
 *
 * <p>The directories above the file are not checked: a name that the reader has chosen does not
 * exist in other directories of its container.
 */
public record UntrustedFile(Path path) {
  /** Largest text, in bytes: far more than any that a stage writes. */
  private static final int LARGEST_TEXT = 64 * 1024 * 1024;

  /**
   * Opens the file.
   *
   * @throws NoSuchFileException if it does not exist
   * @throws IOException if it is not a regular file, among other problems
   */
  public FileChannel open() throws IOException {
    // A named pipe would block.
    var attributes =
        Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (!attributes.isRegularFile()) {
      throw new IOException(path + " is not a regular file");
    }
    return FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
  }

  /** A stream of the content, unbuffered. */
  public InputStream in() throws IOException {
    return Channels.newInputStream(open());
  }

  /** The content as UTF-8. */
  public String text() throws IOException {
    try (var in = in()) {
      var bytes = in.readNBytes(LARGEST_TEXT + 1);
      if (bytes.length > LARGEST_TEXT) {
        throw new IOException(path + " has more than " + LARGEST_TEXT + " bytes");
      }
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }
}
