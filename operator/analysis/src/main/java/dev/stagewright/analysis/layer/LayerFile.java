package dev.stagewright.analysis.layer;

import dev.stagewright.layers.tar.TarEntry;

/**
 * An entry of a layer.
 *
 * @param path relative to the root, without leading or trailing slash, in the encoding of {@link
 *     TarEntry#name}; empty for the root
 * @param type the type of the file
 * @param mode the permission bits with setuid, setgid and sticky, {@code 07777}
 * @param uid the owner
 * @param gid the group
 * @param size the size of the content in bytes; 0 for other types than files
 * @param link the target of a symbolic link, or the path of the file of a hard link; else empty
 * @param facts what was found in the content
 */
public record LayerFile(
    String path,
    TarEntry.Type type,
    int mode,
    long uid,
    long gid,
    long size,
    String link,
    FileFacts facts) {

  /** An entry without facts. */
  public static LayerFile of(TarEntry entry, FileFacts facts) {
    return new LayerFile(
        entry.name(),
        entry.type(),
        entry.mode(),
        entry.uid(),
        entry.gid(),
        entry.size(),
        entry.linkName(),
        facts);
  }

  /** Whether it is a directory. */
  public boolean isDirectory() {
    return type == TarEntry.Type.DIRECTORY;
  }

  /** Whether it is a symbolic link. */
  public boolean isSymlink() {
    return type == TarEntry.Type.SYMLINK;
  }

  /** Whether it is a regular file, perhaps under a further name. */
  public boolean isFile() {
    return type == TarEntry.Type.FILE || type == TarEntry.Type.HARD_LINK;
  }
}
