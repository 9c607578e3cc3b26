package dev.stagewright.stage.diff;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
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
  private final List<MemorySegment> chunks = new ArrayList<>();
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

  private MemorySegment next() throws IOException {
    if (chunks.isEmpty() || folder.isEmpty()) {
      return MemorySegment.ofArray(new long[BYTES / Long.BYTES]);
    }
    if (file.isEmpty()) {
      file = Optional.of(nameless(folder.get()));
    }
    // Closed and unmapped once they are unreachable.
    var position = (long) (chunks.size() - 1) << SHIFT;
    return file.get().map(FileChannel.MapMode.READ_WRITE, position, BYTES, Arena.ofAuto());
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
    return chunk(offset).get(ValueLayout.JAVA_LONG, within(offset));
  }

  void putLong(long offset, long value) {
    chunk(offset).set(ValueLayout.JAVA_LONG, within(offset), value);
  }

  int getInt(long offset) {
    return chunk(offset).get(ValueLayout.JAVA_INT, within(offset));
  }

  void putInt(long offset, int value) {
    chunk(offset).set(ValueLayout.JAVA_INT, within(offset), value);
  }

  byte getByte(long offset) {
    return chunk(offset).get(ValueLayout.JAVA_BYTE, within(offset));
  }

  void putByte(long offset, byte value) {
    chunk(offset).set(ValueLayout.JAVA_BYTE, within(offset), value);
  }

  private MemorySegment chunk(long offset) {
    return chunks.get((int) (offset >> SHIFT));
  }

  private static long within(long offset) {
    return offset & (BYTES - 1);
  }
}
