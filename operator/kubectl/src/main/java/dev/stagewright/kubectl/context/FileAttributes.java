package dev.stagewright.kubectl.context;

import dev.stagewright.layers.tar.RawName;
import dev.stagewright.layers.tar.TarEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Reads the attributes of files as entries of an archive. On file systems without modes, all files
 * are executable, as with Docker.
 */
final class FileAttributes {
  private static final String UNIX = "unix";
  private static final int MODE_BITS = 07777;
  private static final int TYPE_BITS = 0170000;
  private static final int PIPE = 0010000;
  private static final int CHARACTER_DEVICE = 0020000;
  private static final int BLOCK_DEVICE = 0060000;
  private static final int WITHOUT_MODES = 0755;

  private FileAttributes() {}

  /**
   * A file.
   *
   * @param identity of a file with several names; empty for other files
   */
  record Found(TarEntry entry, Optional<String> identity) {}

  /**
   * Reads the attributes of a file; links are not followed.
   *
   * @param name raw name of the entry
   */
  static Found read(Path file, String name) throws IOException {
    return file.getFileSystem().supportedFileAttributeViews().contains(UNIX)
        ? unix(file, name, Files.readAttributes(file, "unix:*", LinkOption.NOFOLLOW_LINKS))
        : basic(
            file,
            name,
            Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
  }

  private static Found unix(Path file, String name, Map<String, Object> all) throws IOException {
    var mode = (int) required(all, "mode");
    var isFile = Boolean.TRUE.equals(all.get("isRegularFile"));
    var entry =
        timed(
            unixEntry(file, name, all, mode).withMode(mode & MODE_BITS),
            (FileTime) required(all, "lastModifiedTime"));
    var hasOtherNames = isFile && (int) required(all, "nlink") > 1;
    return new Found(
        entry,
        hasOtherNames ? Optional.of(all.get("dev") + ":" + all.get("ino")) : Optional.empty());
  }

  private static TarEntry unixEntry(Path file, String name, Map<String, Object> all, int mode)
      throws IOException {
    if (Boolean.TRUE.equals(all.get("isDirectory"))) {
      return TarEntry.directory(name);
    }
    if (Boolean.TRUE.equals(all.get("isSymbolicLink"))) {
      return link(file, name);
    }
    return switch (mode & TYPE_BITS) {
      case PIPE -> TarEntry.fifo(name);
      case CHARACTER_DEVICE -> device(name, TarEntry.Type.CHARACTER_DEVICE, all);
      case BLOCK_DEVICE -> device(name, TarEntry.Type.BLOCK_DEVICE, all);
      default ->
          Boolean.TRUE.equals(all.get("isRegularFile"))
              ? TarEntry.file(name, (long) required(all, "size"))
              // A socket, which has no content.
              : TarEntry.file(name, 0);
    };
  }

  private static TarEntry device(String name, TarEntry.Type type, Map<String, Object> all) {
    var number = (long) required(all, "rdev");
    var major = (number >>> 8 & 0xfff) | (number >>> 32 & ~0xfffL);
    var minor = (number & 0xff) | (number >>> 12 & 0xffffff00L);
    return TarEntry.device(name, type, (int) major, (int) minor);
  }

  private static Object required(Map<String, Object> all, String name) {
    return Objects.requireNonNull(all.get(name), name);
  }

  private static Found basic(Path file, String name, BasicFileAttributes attributes)
      throws IOException {
    TarEntry entry;
    if (attributes.isDirectory()) {
      entry = TarEntry.directory(name);
    } else if (attributes.isSymbolicLink()) {
      entry = link(file, name);
    } else {
      entry = TarEntry.file(name, attributes.size()).withMode(WITHOUT_MODES);
    }
    return new Found(timed(entry, attributes.lastModifiedTime()), Optional.empty());
  }

  private static TarEntry link(Path file, String name) throws IOException {
    var target = Files.readSymbolicLink(file).toString();
    return TarEntry.symlink(name, RawName.of(target));
  }

  private static TarEntry timed(TarEntry entry, FileTime time) {
    var instant = time.toInstant();
    return entry.withMtime(instant.getEpochSecond(), instant.getNano());
  }
}
