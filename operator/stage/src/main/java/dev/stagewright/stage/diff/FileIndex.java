package dev.stagewright.stage.diff;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * An index of all files of a root at one moment: a tree of raw names with fingerprints. It takes
 * about 40 bytes per file, most of them outside the heap.
 *
 * <p>Files are numbered in the order of a depth-first walk that sorts names by their bytes; the
 * root is 0. The files of a directory therefore follow it, up to its {@link #end}.
 */
final class FileIndex {
  private static final int RECORD = 32;
  private static final int FINGERPRINT = 0;
  private static final int CONTENT_FINGERPRINT = 8;
  private static final int NAME_START = 16;
  private static final int END = 24;
  private static final int TIMES = 28;

  private final SpillBuffer records;
  private final SpillBuffer names;
  private int size;
  private long namesSize;

  private FileIndex(Optional<Path> folder) {
    records = new SpillBuffer(folder);
    names = new SpillBuffer(folder);
  }

  /**
   * Starts an index.
   *
   * @param folder directory for large indexes; if it is absent, the index is on the heap
   */
  static FileIndex create(Optional<Path> folder) {
    return new FileIndex(folder);
  }

  /** Adds the next file of the walk. {@link #close} marks the end of the files below it. */
  int add(String name, long fingerprint) throws IOException {
    records.reserve((size + 1L) * RECORD);
    names.reserve(namesSize + name.length());
    records.putLong(at(size) + FINGERPRINT, fingerprint);
    records.putLong(at(size) + NAME_START, namesSize);
    for (var i = 0; i < name.length(); i++) {
      names.putByte(namesSize++, (byte) name.charAt(i));
    }
    return size++;
  }

  /** Marks the end of the files below this file. */
  void close(int file) {
    records.putInt(at(file) + END, size);
  }

  /** Stores the {@link ContentFingerprint} of a file. */
  void contentFingerprint(int file, long contentFingerprint) {
    records.putLong(at(file) + CONTENT_FINGERPRINT, contentFingerprint);
  }

  /** The {@link ContentFingerprint} of a file. */
  long contentFingerprint(int file) {
    return records.getLong(at(file) + CONTENT_FINGERPRINT);
  }

  /** Stores a hash of the times of a directory. */
  void times(int directory, int hash) {
    records.putInt(at(directory) + TIMES, hash);
  }

  /** The hash of the times of a directory. */
  int times(int directory) {
    return records.getInt(at(directory) + TIMES);
  }

  int size() {
    return size;
  }

  long fingerprint(int file) {
    return records.getLong(at(file) + FINGERPRINT);
  }

  /** The first number that is not below this file: that of its next sibling, if it has one. */
  int end(int file) {
    return records.getInt(at(file) + END);
  }

  String name(int file) {
    var start = nameStart(file);
    var end = nameEnd(file);
    var name = new StringBuilder((int) (end - start));
    for (var i = start; i < end; i++) {
      name.append((char) (names.getByte(i) & 0xff));
    }
    return name.toString();
  }

  /** Compares the name of a file with another name by bytes. */
  int compareName(int file, String other) {
    var start = nameStart(file);
    var length = (int) (nameEnd(file) - start);
    for (var i = 0; i < Math.min(length, other.length()); i++) {
      var difference = (names.getByte(start + i) & 0xff) - other.charAt(i);
      if (difference != 0) {
        return difference;
      }
    }
    return length - other.length();
  }

  private long nameStart(int file) {
    return records.getLong(at(file) + NAME_START);
  }

  private long nameEnd(int file) {
    return file + 1 == size ? namesSize : nameStart(file + 1);
  }

  private static long at(int file) {
    return (long) file * RECORD;
  }
}
