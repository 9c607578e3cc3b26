package dev.stagewright.stage.diff;

import java.util.Arrays;

/**
 * All files of a root at one moment: a tree of raw names with a fingerprint each, in about forty
 * bytes a file.
 *
 * <p>Files are numbered in the order of a walk that goes down first and takes names by their bytes;
 * the root is 0. So a directory's files follow it, up to its {@link #end}.
 */
final class FileIndex {
  private static final int FIRST_CAPACITY = 1024;

  private long[] fingerprints;
  // As long as it has to be: in the files of the base there is nothing to note.
  private long[] stamps = {};
  private int[] ends;
  private int[] nameStarts;
  private byte[] names;
  private int size;
  private int namesSize;

  private FileIndex(int capacity, int namesCapacity) {
    fingerprints = new long[capacity];
    ends = new int[capacity];
    nameStarts = new int[capacity];
    names = new byte[namesCapacity];
  }

  /** Starts an index of nobody knows how many files. */
  static FileIndex create() {
    return new FileIndex(FIRST_CAPACITY, FIRST_CAPACITY * 16);
  }

  /** Starts an index that will be about as large as another. */
  static FileIndex like(FileIndex other) {
    return new FileIndex(
        other.size + other.size / 32 + FIRST_CAPACITY,
        other.namesSize + other.namesSize / 32 + FIRST_CAPACITY * 16);
  }

  /** Adds the next file of the walk; {@link #close} tells when all below it was added. */
  int add(String name, long fingerprint) {
    if (size == ends.length) {
      var capacity = size + size / 2;
      fingerprints = Arrays.copyOf(fingerprints, capacity);
      ends = Arrays.copyOf(ends, capacity);
      nameStarts = Arrays.copyOf(nameStarts, capacity);
    }
    if (namesSize + name.length() > names.length) {
      names = Arrays.copyOf(names, names.length + names.length / 2 + name.length());
    }
    fingerprints[size] = fingerprint;
    nameStarts[size] = namesSize;
    for (var i = 0; i < name.length(); i++) {
      names[namesSize++] = (byte) name.charAt(i);
    }
    return size++;
  }

  /** All below this file was added. */
  void close(int file) {
    ends[file] = size;
  }

  /** Notes by what a file is known again; see {@link Stamps}. */
  void stamp(int file, long stamp) {
    if (stamp != Stamps.BASE && file >= stamps.length) {
      stamps = Arrays.copyOf(stamps, ends.length);
    }
    if (file < stamps.length) {
      stamps[file] = stamp;
    }
  }

  /** By what a file is known again. */
  long stamp(int file) {
    return file < stamps.length ? stamps[file] : Stamps.BASE;
  }

  int size() {
    return size;
  }

  long fingerprint(int file) {
    return fingerprints[file];
  }

  /** The first number that is not below this file; its next sibling, if it has one. */
  int end(int file) {
    return ends[file];
  }

  String name(int file) {
    var name = new StringBuilder(nameEnd(file) - nameStarts[file]);
    for (var i = nameStarts[file]; i < nameEnd(file); i++) {
      name.append((char) (names[i] & 0xff));
    }
    return name.toString();
  }

  /** Compares a file's name with another, by bytes. */
  int compareName(int file, String other) {
    var length = nameEnd(file) - nameStarts[file];
    for (var i = 0; i < Math.min(length, other.length()); i++) {
      var difference = (names[nameStarts[file] + i] & 0xff) - other.charAt(i);
      if (difference != 0) {
        return difference;
      }
    }
    return length - other.length();
  }

  private int nameEnd(int file) {
    return file + 1 == size ? namesSize : nameStarts[file + 1];
  }
}
