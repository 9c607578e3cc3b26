package dev.stagewright.dockerfile.eval;

import dev.stagewright.dockerfile.mount.Mount;
import dev.stagewright.dockerfile.source.GoPath;
import dev.stagewright.dockerfile.stages.FileSource;

/**
 * A mount of RUN with resolved target and source.
 *
 * @param mount the mount with variables expanded
 * @param target absolute; empty for a secret that is only a variable, and for an SSH agent with a
 *     default socket
 * @param source source of the files of a bind mount, or of the initial content of a cache
 */
public record ResolvedMount(Mount mount, String target, FileSource source) {
  /** The path inside the source that the mount shows; absolute. */
  String sourcePath() {
    return switch (mount) {
      case Mount.Bind bind -> GoPath.rooted(bind.source());
      case Mount.Cache cache -> GoPath.rooted(cache.source());
      case Mount.Tmpfs _, Mount.Secret _, Mount.Ssh _ -> "/";
    };
  }
}
