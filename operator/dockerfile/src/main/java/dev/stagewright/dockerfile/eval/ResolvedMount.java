package dev.stagewright.dockerfile.eval;

import dev.stagewright.dockerfile.mount.Mount;
import dev.stagewright.dockerfile.source.GoPath;
import dev.stagewright.dockerfile.stages.FileSource;

/**
 * A mount of RUN with everything resolved.
 *
 * @param mount as written, expanded
 * @param target absolute; empty for a secret that is a variable only, and for an SSH agent whose
 *     socket the runtime places
 * @param source what a bind mount shows and a cache is seeded from
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
