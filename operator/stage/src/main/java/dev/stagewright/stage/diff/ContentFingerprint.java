package dev.stagewright.stage.diff;

import dev.stagewright.layers.tar.RawName;
import dev.stagewright.stage.files.EntryReader;
import dev.stagewright.stage.linux.ExtendedAttributes;
import dev.stagewright.stage.linux.FileStatus;
import dev.stagewright.stage.linux.RootFileSystem;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;

/**
 * Computes a 64-bit fingerprint of all properties of a file that a layer contains: the upper half
 * of its status, the lower half of its content or link target and its capabilities, which are read
 * only if the upper half matches.
 */
final class ContentFingerprint {
  /** The fingerprint of a file that is unchanged since the base of the stage. */
  static final long BASE = 0;

  /** The fingerprint of a file that always counts as changed. */
  static final long UNKNOWN = 1;

  private static final long MADE = 1L << 63;
  private static final long LOWER = 0xffffffffL;

  private final RootFileSystem root;
  private final EntryReader files;

  ContentFingerprint(RootFileSystem root) {
    this.root = root;
    this.files = new EntryReader(root);
  }

  /**
   * Hashes the content of a file while it is read, for {@link #of(FileStatus, Content, Optional)}.
   */
  static final class Content extends CheckedInputStream {
    Content(InputStream in) {
      super(in, new CRC32C());
    }

    private long sum(byte[] more) {
      getChecksum().update(more);
      return getChecksum().getValue();
    }
  }

  /** Reads a file and computes its fingerprint. */
  long of(String path, FileStatus status) throws IOException {
    return upper(status) | lower(path, status);
  }

  /** The fingerprint of a file whose content and capabilities have been read. */
  long of(FileStatus status, Content content, Optional<byte[]> capability) {
    return upper(status) | content.sum(capability.orElse(new byte[0]));
  }

  /** Whether a file still has this fingerprint. */
  boolean matches(long contentFingerprint, String path, FileStatus status) throws IOException {
    return (contentFingerprint & ~LOWER) == upper(status)
        && (contentFingerprint & LOWER) == lower(path, status);
  }

  private static long upper(FileStatus status) {
    return MADE | (Fingerprint.ofLayer(status) & ~LOWER);
  }

  private long lower(String path, FileStatus status) throws IOException {
    return switch (status.type()) {
      case FILE -> content(path, status);
      case SYMLINK -> sum(RawName.bytes(root.readLink(path).orElse("")));
      case DIRECTORY, CHARACTER_DEVICE, BLOCK_DEVICE, FIFO, SOCKET -> 0;
    };
  }

  private long content(String path, FileStatus status) throws IOException {
    var content = files.content(path, status.size());
    if (content.isEmpty()) {
      return 0;
    }
    try (var file = content.get();
        var in = new Content(file)) {
      in.transferTo(OutputStream.nullOutputStream());
      return in.sum(file.attributes().get(ExtendedAttributes.CAPABILITY).orElse(new byte[0]));
    }
  }

  private static long sum(byte[] bytes) {
    var sum = new CRC32C();
    sum.update(bytes);
    return sum.getValue();
  }
}
