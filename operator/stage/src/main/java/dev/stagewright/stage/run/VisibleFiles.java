package dev.stagewright.stage.run;

import dev.stagewright.layers.tar.RawName;
import dev.stagewright.stage.linux.FileStatus;
import dev.stagewright.stage.linux.RootFileSystem;
import dev.stagewright.stage.path.LinkResolver;
import dev.stagewright.stage.path.RootedPath;
import dev.stagewright.stage.sandbox.SandboxMount;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The files that a command will see, before its mounts exist. */
final class VisibleFiles implements LinkResolver.Links {
  private final RootFileSystem root;
  private final RootFileSystem host;
  private final List<Mounted> mounted = new ArrayList<>();

  /**
   * The files of a root and its mounts.
   *
   * @param host root of the sources of mounts, {@code /}
   */
  VisibleFiles(RootFileSystem root, RootFileSystem host, List<SandboxMount> mounts)
      throws IOException {
    this.root = root;
    this.host = host;
    for (var mount : mounts) {
      var target = new LinkResolver(this).resolve(mount.target());
      mounted.add(new Mounted(target, source(mount)));
    }
  }

  /**
   * A mount.
   *
   * @param target resolved path of the mount
   * @param source path in the host; empty for an empty directory
   */
  private record Mounted(String target, Optional<String> source) {}

  /** The location of a path; absent below an empty directory. */
  private record Location(RootFileSystem files, String path) {}

  private static Optional<String> source(SandboxMount mount) {
    return switch (mount) {
      case SandboxMount.Bind bind ->
          Optional.of(RootedPath.clean(RawName.of(bind.source().toAbsolutePath().toString())));
      case SandboxMount.Tmpfs _ -> Optional.empty();
    };
  }

  private Optional<Location> locate(String path) {
    for (var mount : mounted.reversed()) {
      if (RootedPath.isWithin(path, mount.target())) {
        var below = RootedPath.clean(path.substring(mount.target().length()));
        return mount.source().map(source -> new Location(host, RootedPath.join(source, below)));
      }
    }
    return Optional.of(new Location(root, path));
  }

  /** The status of a resolved path; empty if it does not exist. */
  Optional<FileStatus> status(String path) throws IOException {
    var location = locate(path);
    return location.isEmpty()
        ? Optional.empty()
        : location.get().files().status(location.get().path());
  }

  /** The content of an existing file. */
  InputStream read(String path) throws IOException {
    var location = locate(path).orElseThrow();
    return location.files().read(location.path());
  }

  @Override
  public Optional<String> target(String path) throws IOException {
    var location = locate(path);
    return location.isEmpty()
        ? Optional.empty()
        : location.get().files().readLink(location.get().path());
  }
}
