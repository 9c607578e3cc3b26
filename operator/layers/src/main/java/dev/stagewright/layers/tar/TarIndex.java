package dev.stagewright.layers.tar;

import dev.stagewright.layers.oci.Digest;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The paths of an archive in {@link PathOrder}, each with the offset of its entry and, for a file,
 * the digest of its content. Uses flat arrays to save memory.
 */
final class TarIndex {
  private static final long MAGIC = 0x7377696e64657831L; // "swindex1"
  private static final PathOrder ORDER = new PathOrder();
  static final int DIGEST_SIZE = 32;

  /** Bytes of a record with an empty path. */
  private static final int SMALLEST_RECORD = Integer.BYTES + Long.BYTES + DIGEST_SIZE;

  private final String[] paths;
  private final long[] offsets;
  private final byte[] digests;

  /**
   * @param paths the sorted distinct paths
   * @param offsets the offset of each path's entry
   * @param digests {@link #DIGEST_SIZE} bytes per path, all zero for other types than files
   */
  TarIndex(String[] paths, long[] offsets, byte[] digests) {
    this.paths = paths;
    this.offsets = offsets;
    this.digests = digests;
  }

  int size() {
    return paths.length;
  }

  /** Returns the position of a path, or a negative number. */
  int find(String path) {
    return Arrays.binarySearch(paths, path, ORDER);
  }

  long offset(int i) {
    return offsets[i];
  }

  String path(int i) {
    return paths[i];
  }

  boolean hasDigest(int i) {
    var from = i * DIGEST_SIZE;
    for (int at = from; at < from + DIGEST_SIZE; at++) {
      if (digests[at] != 0) {
        return true;
      }
    }
    return false;
  }

  Optional<Digest> digest(int i) {
    var from = i * DIGEST_SIZE;
    return hasDigest(i)
        ? Optional.of(new Digest(HexFormat.of().formatHex(digests, from, from + DIGEST_SIZE)))
        : Optional.empty();
  }

  /** Returns the names of the direct children of a directory, without its path, in order. */
  List<String> children(String directory) {
    var start = directory.isEmpty() ? "" : directory + "/";
    var names = new ArrayList<String>();
    // No byte sorts before the slash, so nothing is between "start" and its first child.
    var at = insertionPoint(start);
    while (at < paths.length && paths[at].startsWith(start)) {
      var rest = paths[at].substring(start.length());
      if (rest.isEmpty()) {
        at++;
        continue;
      }
      var slash = rest.indexOf('/');
      var name = slash < 0 ? rest : rest.substring(0, slash);
      names.add(name);
      at = afterSubtree(start + name, at);
    }
    return names;
  }

  private int insertionPoint(String path) {
    var found = find(path);
    return found >= 0 ? found : -found - 1;
  }

  private int afterSubtree(String root, int at) {
    var below = root + "/";
    var next = at + (paths[at].equals(root) ? 1 : 0);
    if (next == paths.length || !paths[next].startsWith(below)) {
      return next;
    }
    // Byte 0 cannot be in a name and sorts directly after the slash.
    return insertionPoint(root + '\0');
  }

  void write(OutputStream to) throws IOException {
    var out = new DataOutputStream(to);
    out.writeLong(MAGIC);
    out.writeInt(paths.length);
    for (int i = 0; i < paths.length; i++) {
      var path = RawName.bytes(paths[i]);
      out.writeInt(path.length);
      out.write(path);
      out.writeLong(offsets[i]);
      out.write(digests, i * DIGEST_SIZE, DIGEST_SIZE);
    }
    out.flush();
  }

  /**
   * Reads an index that {@link #write} wrote.
   *
   * @param size of the index in bytes
   * @throws MalformedTarException if the data is not an index, is truncated, or has a name that
   *     leads out of the archive
   */
  static TarIndex read(InputStream from, long size) throws IOException {
    var in = new DataInputStream(from);
    try {
      if (in.readLong() != MAGIC) {
        throw new MalformedTarException("not a tar index");
      }
      var count = in.readInt();
      if (count < 0 || count > size / SMALLEST_RECORD) {
        throw new MalformedTarException("the tar index is truncated");
      }
      var paths = new String[count];
      var offsets = new long[count];
      var digests = new byte[count * DIGEST_SIZE];
      for (int i = 0; i < count; i++) {
        paths[i] = readPath(in, size);
        offsets[i] = in.readLong();
        in.readFully(digests, i * DIGEST_SIZE, DIGEST_SIZE);
      }
      return new TarIndex(paths, offsets, digests);
    } catch (EOFException _) {
      throw new MalformedTarException("the tar index is truncated");
    }
  }

  private static String readPath(DataInputStream in, long size) throws IOException {
    var length = in.readInt();
    if (length < 0 || length > size) {
      throw new MalformedTarException("the tar index is truncated");
    }
    var bytes = new byte[length];
    in.readFully(bytes);
    var path = RawName.ofBytes(bytes);
    if (!path.isEmpty() && !isRelativePath(path)) {
      throw new MalformedTarException("the tar index has the name " + RawName.text(path));
    }
    return path;
  }

  /** Whether a path consists of names only. */
  private static boolean isRelativePath(String path) {
    var start = 0;
    for (var slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', start)) {
      if (!isName(path.substring(start, slash))) {
        return false;
      }
      start = slash + 1;
    }
    return isName(path.substring(start));
  }

  private static boolean isName(String part) {
    return !part.isEmpty() && !part.equals(".") && !part.equals("..") && part.indexOf(0) < 0;
  }
}
