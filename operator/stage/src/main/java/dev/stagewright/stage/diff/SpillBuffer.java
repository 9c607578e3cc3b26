package dev.stagewright.stage.diff;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A growing buffer. Its first chunk is on the heap; all others are mapped to an unlinked file, so
 * that the kernel can write them to disk if memory is scarce. Unwritten bytes are zero.
 */
final class SpillBuffer {
  private static final int SHIFT = 20;

  /** Size of a chunk in bytes. */
  static final int BYTES = 1 << SHIFT;

  private final Optional<Path> folder;
  private final List<ByteBuffer> chunks = new ArrayList<>();
  private Optional<FileChannel> file = Optional.empty();

  /**
   * Creates an empty buffer.
   *
   * @param folder directory of the file; if it is absent, all chunks are on the heap
   */
  SpillBuffer(Optional<Path> folder) {
    this.folder = folder;
  }

  /**
   * Grows the buffer.
   *
   * @param bytes required size of the buffer
   */
  void reserve(long bytes) throws IOException {
    while ((long) chunks.size() << SHIFT < bytes) {
      chunks.add(next());
    }
  }

  private ByteBuffer next() throws IOException {
    if (chunks.isEmpty() || folder.isEmpty()) {
      return nativeOrder(ByteBuffer.allocate(BYTES));
    }
    if (file.isEmpty()) {
      file = Optional.of(nameless(folder.get()));
    }
    // Closed and unmapped once they are unreachable.
    var position = (long) (chunks.size() - 1) << SHIFT;
    return nativeOrder(file.get().map(FileChannel.MapMode.READ_WRITE, position, BYTES));
  }

  private static ByteBuffer nativeOrder(ByteBuffer chunk) {
    return chunk.order(ByteOrder.nativeOrder());
  }

  private static FileChannel nameless(Path folder) throws IOException {
    var path = folder.resolve("index-" + UUID.randomUUID());
    var channel =
        FileChannel.open(
            path, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
    Files.delete(path);
    return channel;
  }

  long getLong(long offset) {
    return chunk(offset).getLong(within(offset));
  }

  void putLong(long offset, long value) {
    chunk(offset).putLong(within(offset), value);
  }

  int getInt(long offset) {
    return chunk(offset).getInt(within(offset));
  }

  void putInt(long offset, int value) {
    chunk(offset).putInt(within(offset), value);
  }

  byte getByte(long offset) {
    return chunk(offset).get(within(offset));
  }

  void putByte(long offset, byte value) {
    chunk(offset).put(within(offset), value);
  }

  private ByteBuffer chunk(long offset) {
    return chunks.get((int) (offset >> SHIFT));
  }

  private static int within(long offset) {
    return (int) offset & (BYTES - 1);
  }
}
