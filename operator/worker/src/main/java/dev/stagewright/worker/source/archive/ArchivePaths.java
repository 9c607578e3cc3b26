package dev.stagewright.worker.source.archive;

import dev.stagewright.layers.tar.RawName;
import dev.stagewright.layers.tar.TarEntry;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The paths of an archive: checks that every entry stays inside of the archive, and that each path
 * is one thing only. An archive that different programs would unpack differently is refused.
 */
final class ArchivePaths {
  private static final String PARENT = "..";

  private final boolean isImage;
  private final Map<String, TarEntry.Type> types = new HashMap<>();
  private final Set<String> linked = new HashSet<>();

  private ArchivePaths(boolean isImage) {
    this.isImage = isImage;
  }

  /** The paths of an archive, which links must not leave. */
  static ArchivePaths ofArchive() {
    return new ArchivePaths(false);
  }

  /** The paths of an image, whose links begin at the root of the image and cannot leave it. */
  static ArchivePaths ofImage() {
    return new ArchivePaths(true);
  }

  /** The files that hard links of the archive refer to. */
  Set<String> linked() {
    return linked;
  }

  /**
   * Checks the name of an entry as the archive contains it, before components are stripped.
   *
   * @throws ArchiveException if the name is absolute or contains {@code ..}
   */
  static void checkName(String rawName) throws ArchiveException {
    if (rawName.startsWith("/")) {
      throw ArchiveException.ofEntry(
          rawName, "has an absolute path; create the archive with relative paths");
    }
    if (hasParent(rawName)) {
      throw ArchiveException.ofEntry(rawName, "has a path that contains ..");
    }
    if (rawName.indexOf('\0') >= 0) {
      throw ArchiveException.ofEntry(rawName.replace('\0', '?'), "has a name with a null byte");
    }
  }

  private static boolean hasParent(String path) {
    return Arrays.asList(path.split("/")).contains(PARENT);
  }

  /**
   * Adds an entry.
   *
   * @param entry with its path in the source
   * @throws ArchiveException if the entry is of a type that a source cannot contain, a link leaves
   *     the archive, or the path contradicts an earlier entry
   */
  void add(TarEntry entry) throws ArchiveException {
    switch (entry.type()) {
      case FILE, DIRECTORY -> {}
      case SYMLINK -> checkTarget(entry);
      case HARD_LINK -> checkHardLink(entry);
      case CHARACTER_DEVICE, BLOCK_DEVICE ->
          throw ArchiveException.ofEntry(
              entry.name(), "is a device, which a source cannot contain");
      case FIFO ->
          throw ArchiveException.ofEntry(
              entry.name(), "is a named pipe, which a source cannot contain");
    }
    addParents(entry.name());
    addPath(entry);
  }

  private void addParents(String path) throws ArchiveException {
    for (var slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
      var parent = path.substring(0, slash);
      var type = types.putIfAbsent(parent, TarEntry.Type.DIRECTORY);
      if (type != null && type != TarEntry.Type.DIRECTORY) {
        throw ArchiveException.ofEntry(
            path, "is below %s, which is %s".formatted(RawName.text(parent), described(type)));
      }
    }
  }

  private void addPath(TarEntry entry) throws ArchiveException {
    var before = types.put(entry.name(), entry.type());
    if (before == null) {
      return;
    }
    var isDirectory = entry.type() == TarEntry.Type.DIRECTORY;
    if (isDirectory != (before == TarEntry.Type.DIRECTORY)) {
      throw ArchiveException.ofEntry(
          entry.name(),
          "exists twice: as %s and as %s".formatted(described(before), described(entry.type())));
    }
    if (linked.contains(entry.name())) {
      throw ArchiveException.ofEntry(entry.name(), "exists twice, and hard links refer to it");
    }
  }

  private void checkHardLink(TarEntry link) throws ArchiveException {
    var target = link.linkName();
    var type = types.get(target);
    if (type != TarEntry.Type.FILE && type != TarEntry.Type.HARD_LINK) {
      throw ArchiveException.ofEntry(
          link.name(),
          "is a hard link to %s, which is not a file before it in the archive"
              .formatted(RawName.text(target)));
    }
    linked.add(target);
  }

  /** The target is relative to the directory of the link. */
  private void checkTarget(TarEntry link) throws ArchiveException {
    if (isImage) {
      return;
    }
    var target = link.linkName();
    if (target.startsWith("/")) {
      throw leaves(link);
    }
    var depth = link.name().chars().filter(c -> c == '/').count();
    for (var part : target.split("/", -1)) {
      if (part.equals(PARENT)) {
        depth--;
      } else if (!part.isEmpty() && !part.equals(".")) {
        depth++;
      }
      if (depth < 0) {
        throw leaves(link);
      }
    }
  }

  private static ArchiveException leaves(TarEntry link) {
    return ArchiveException.ofEntry(
        link.name(),
        "is a symbolic link to %s, which is outside of the archive"
            .formatted(RawName.text(link.linkName())));
  }

  private static String described(TarEntry.Type type) {
    return switch (type) {
      case FILE -> "a file";
      case DIRECTORY -> "a directory";
      case SYMLINK -> "a symbolic link";
      case HARD_LINK -> "a hard link";
      case CHARACTER_DEVICE, BLOCK_DEVICE -> "a device";
      case FIFO -> "a named pipe";
    };
  }
}
