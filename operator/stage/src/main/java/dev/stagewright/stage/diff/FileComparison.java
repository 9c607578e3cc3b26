package dev.stagewright.stage.diff;

import dev.stagewright.stage.linux.ExtendedAttributes;
import dev.stagewright.stage.linux.FileStatus;
import dev.stagewright.stage.linux.FileType;
import dev.stagewright.stage.linux.RootFileSystem;
import java.io.IOException;
import java.util.Arrays;

/** Compares files of two roots by the properties that a layer contains. */
final class FileComparison {
  private static final int BUFFER = 64 * 1024;

  private final RootFileSystem first;
  private final RootFileSystem second;
  private final ExtendedAttributes firstAttributes;
  private final ExtendedAttributes secondAttributes;
  private final byte[] firstBuffer = new byte[BUFFER];
  private final byte[] secondBuffer = new byte[BUFFER];

  FileComparison(RootFileSystem first, RootFileSystem second) {
    this.first = first;
    this.second = second;
    this.firstAttributes = first.attributes();
    this.secondAttributes = second.attributes();
  }

  /**
   * Compares the files at a path in both roots. The content and times of directories are ignored.
   */
  boolean test(String path, FileStatus a, FileStatus b) throws IOException {
    if (!sameStatus(a, b)) {
      return false;
    }
    return switch (a.type()) {
      case FILE -> sameCapabilities(path) && sameContent(path);
      case SYMLINK -> first.readLink(path).equals(second.readLink(path));
      case CHARACTER_DEVICE, BLOCK_DEVICE -> a.major() == b.major() && a.minor() == b.minor();
      case DIRECTORY, FIFO, SOCKET -> true;
    };
  }

  private static boolean sameStatus(FileStatus a, FileStatus b) {
    return a.type() == b.type()
        && a.mode() == b.mode()
        && a.uid() == b.uid()
        && a.gid() == b.gid()
        && (a.isDirectory() || sameTime(a, b))
        && (a.type() != FileType.FILE || a.size() == b.size());
  }

  private static boolean sameTime(FileStatus a, FileStatus b) {
    return a.mtimeSeconds() == b.mtimeSeconds() && a.mtimeNanos() == b.mtimeNanos();
  }

  private boolean sameCapabilities(String path) throws IOException {
    return Arrays.equals(
        firstAttributes.get(path, ExtendedAttributes.CAPABILITY).orElse(new byte[0]),
        secondAttributes.get(path, ExtendedAttributes.CAPABILITY).orElse(new byte[0]));
  }

  private boolean sameContent(String path) throws IOException {
    try (var a = first.read(path);
        var b = second.read(path)) {
      while (true) {
        var count = a.readNBytes(firstBuffer, 0, BUFFER);
        if (count != b.readNBytes(secondBuffer, 0, BUFFER)
            || !Arrays.equals(firstBuffer, 0, count, secondBuffer, 0, count)) {
          return false;
        }
        if (count < BUFFER) {
          return true;
        }
      }
    }
  }
}
