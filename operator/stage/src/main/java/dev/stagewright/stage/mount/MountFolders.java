package dev.stagewright.stage.mount;

import java.nio.file.Path;

/**
 * Where mounts come from.
 *
 * @param cache holds caches, writable; see {@link dev.stagewright.protocol.Mounts#CACHE}
 * @param secrets holds secrets by id
 * @param ssh holds folders of private keys by id
 * @param scratch takes what is made ready for commands
 */
public record MountFolders(Path cache, Path secrets, Path ssh, Path scratch) {
  /**
   * Below one folder, by the names that they have in {@link dev.stagewright.protocol.Mounts}.
   *
   * @param scratch lies elsewhere
   */
  public static MountFolders below(Path folder, Path scratch) {
    return new MountFolders(
        folder.resolve("cache"), folder.resolve("secrets"), folder.resolve("ssh"), scratch);
  }
}
