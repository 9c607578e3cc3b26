package dev.stagewright.analysis.jar;

import dev.stagewright.analysis.content.FileParts;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Reads a JAR file from a stream. It keeps the beginning and the end, reads the central directory,
 * and inflates the first bytes of some classes; nothing else is unpacked, and no archive within.
 * Damaged files are read as far as they make sense.
 */
public final class JarReader {
  private static final long END = 0x06054b50;
  private static final long CENTRAL = 0x02014b50;
  private static final long LOCAL = 0x04034b50;
  private static final int END_SIZE = 22;
  private static final int CENTRAL_SIZE = 46;
  private static final int LOCAL_SIZE = 30;
  private static final int MAX_COMMENT = 0xffff;
  private static final int MAX_ENTRIES = 0xffff;
  private static final int MAX_NAME = 300;
  private static final int DEFLATED = 8;
  private static final int SAMPLE = 32;

  /** More than the first bytes of a class need when they are compressed. */
  private static final int COMPRESSED = 512;

  private final FileParts parts = new FileParts(16 << 20, 4 << 20);

  /** Whether a file with this name and beginning can be an archive of classes. */
  public static boolean isJar(String path, byte[] head, int count) {
    return count >= 4
        && head[0] == 'P'
        && head[1] == 'K'
        && head[2] == 3
        && head[3] == 4
        && (path.endsWith(".jar") || path.endsWith(".war") || path.endsWith(".ear"));
  }

  /** Adds the next bytes of the file. */
  public void append(byte[] bytes, int offset, int count) {
    parts.append(bytes, offset, count);
  }

  /**
   * The highest version of a sample of the classes, spread over the archive. The classes for newer
   * versions of Java in a multi-release archive do not count.
   */
  public Optional<Integer> finish() {
    var view = parts.view(ByteOrder.LITTLE_ENDIAN);
    var end = end(view);
    if (end.isEmpty()) {
      return Optional.empty();
    }
    var directory = end.getAsLong() - view.u32(end.getAsLong() + 12);
    // A script in front of the archive moves all offsets.
    var moved = directory - view.u32(end.getAsLong() + 16);
    var classes = classes(view, directory, end.getAsLong());
    var step = Math.max(1, classes.size() / SAMPLE);
    var highest = 0;
    for (var i = 0; i < classes.size(); i += step) {
      highest = Math.max(highest, version(view, classes.get(i), moved).orElse(0));
    }
    return highest == 0 ? Optional.empty() : Optional.of(highest);
  }

  private OptionalLong end(FileParts.View view) {
    var last = parts.length() - END_SIZE;
    for (var at = last; at >= Math.max(0, last - MAX_COMMENT); at--) {
      if (view.u32(at) == END) {
        return OptionalLong.of(at);
      }
    }
    return OptionalLong.empty();
  }

  /** The positions of the entries of classes in the central directory. */
  private static List<Long> classes(FileParts.View view, long directory, long end) {
    var found = new ArrayList<Long>();
    var at = Math.max(0, directory);
    for (var i = 0; i < MAX_ENTRIES && at < end && view.u32(at) == CENTRAL; i++) {
      var length = view.u16(at + 28);
      if (isClass(view, at + CENTRAL_SIZE, length)) {
        found.add(at);
      }
      at += CENTRAL_SIZE + length + view.u16(at + 30) + view.u16(at + 32);
    }
    return found;
  }

  private static boolean isClass(FileParts.View view, long at, int length) {
    var name = new String(view.bytes(at, Math.min(length, MAX_NAME)), StandardCharsets.ISO_8859_1);
    return name.endsWith(".class")
        && !name.startsWith("META-INF/versions/")
        && !name.endsWith("module-info.class");
  }

  private static Optional<Integer> version(FileParts.View view, long entry, long moved) {
    var local = view.u32(entry + 42) + moved;
    if (view.u32(local) != LOCAL) {
      return Optional.empty();
    }
    var content = local + LOCAL_SIZE + view.u16(local + 26) + view.u16(local + 28);
    var head =
        view.u16(entry + 10) == DEFLATED
            ? inflate(view.bytes(content, COMPRESSED))
            : view.bytes(content, ClassVersion.HEADER);
    return ClassVersion.of(head, head.length);
  }

  private static byte[] inflate(byte[] compressed) {
    var inflater = new Inflater(true);
    try {
      inflater.setInput(compressed);
      var head = new byte[ClassVersion.HEADER];
      return Arrays.copyOf(head, inflater.inflate(head));
    } catch (DataFormatException _) {
      return new byte[0];
    } finally {
      inflater.end();
    }
  }
}
