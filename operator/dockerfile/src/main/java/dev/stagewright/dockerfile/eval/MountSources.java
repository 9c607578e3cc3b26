package dev.stagewright.dockerfile.eval;

import dev.stagewright.dockerfile.mount.Mount;
import dev.stagewright.dockerfile.source.GoPath;

/** What a mount shows of its source. */
final class MountSources {
  private MountSources() {}

  static String path(Mount mount) {
    return switch (mount) {
      case Mount.Bind bind -> GoPath.rooted(bind.source());
      case Mount.Cache cache -> GoPath.rooted(cache.source());
      case Mount.Tmpfs _, Mount.Secret _, Mount.Ssh _ -> "/";
    };
  }
}
