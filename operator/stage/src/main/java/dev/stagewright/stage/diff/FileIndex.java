package dev.stagewright.stage.diff;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * All files of a root at one moment: a tree of raw names with a fingerprint each, in about forty
 * bytes a file, most of them beyond the heap.
 *
 * <p>Files are numbered in the order of a walk that goes down first and takes names by their bytes;
 * the root is 0. So a directory's files follow it, up to its {@link #end}.
 */
final class FileIndex {
  private static final int RECORD = 32;
  private static final int FINGERPRINT = 0;
  private static final int STAMP = 8;
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
   * @param folder where what is much can lie; without one it is all on the heap
   */
  static FileIndex create(Optional<Path> folder) {
    return new FileIndex(folder);
  }

  /** Adds the next file of the walk; {@link #close} tells when all below it was added. */
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

  /** All below this file was added. */
  void close(int file) {
    records.putInt(at(file) + END, size);
  }

  /** Notes by what a file is known again; see {@link ContentFingerprint}. */
  void stamp(int file, long stamp) {
    records.putLong(at(file) + STAMP, stamp);
  }

  /** By what a file is known again. */
  long stamp(int file) {
    return records.getLong(at(file) + STAMP);
  }

  /** Notes a hash of a directory's times. */
  void times(int directory, int hash) {
    records.putInt(at(directory) + TIMES, hash);
  }

  /** The hash of a directory's times. */
  int times(int directory) {
    return records.getInt(at(directory) + TIMES);
  }

  int size() {
    return size;
  }

  long fingerprint(int file) {
    return records.getLong(at(file) + FINGERPRINT);
  }

  /** The first number that is not below this file; its next sibling, if it has one. */
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

  /** Compares a file's name with another, by bytes. */
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
