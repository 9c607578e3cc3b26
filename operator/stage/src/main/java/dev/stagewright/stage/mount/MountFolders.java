package dev.stagewright.stage.mount;

import java.nio.file.Path;

/**
 * The directories with the sources of mounts.
 *
 * @param cache directory of caches
 * @param secrets directory of secrets by id
 * @param ssh parent of the directories of private keys by id
 * @param scratch directory for files that are prepared for commands
 */
public record MountFolders(CacheFolder cache, Path secrets, Path ssh, Path scratch) {
  /**
   * Directories below one directory, with the names in {@link dev.stagewright.protocol.Mounts}.
   *
   * @param scratch separate directory for files that are prepared for commands
   */
  public static MountFolders below(Path folder, Path scratch) {
    return new MountFolders(
        CacheFolder.unlimited(folder.resolve("cache")),
        folder.resolve("secrets"),
        folder.resolve("ssh"),
        scratch);
  }

  /** These directories, with other caches. */
  public MountFolders withCache(CacheFolder other) {
    return new MountFolders(other, secrets, ssh, scratch);
  }
}
