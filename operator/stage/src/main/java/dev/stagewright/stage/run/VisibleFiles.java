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
  private record Place(RootFileSystem files, String path) {}

  private static Optional<String> source(SandboxMount mount) {
    return switch (mount) {
      case SandboxMount.Bind bind ->
          Optional.of(RootedPath.clean(RawName.of(bind.source().toAbsolutePath().toString())));
      case SandboxMount.Tmpfs _ -> Optional.empty();
    };
  }

  private Optional<Place> place(String path) {
    for (var mount : mounted.reversed()) {
      if (RootedPath.isWithin(path, mount.target())) {
        var below = RootedPath.clean(path.substring(mount.target().length()));
        return mount.source().map(source -> new Place(host, RootedPath.join(source, below)));
      }
    }
    return Optional.of(new Place(root, path));
  }

  /** The status of a resolved path; empty if it does not exist. */
  Optional<FileStatus> status(String path) throws IOException {
    var place = place(path);
    return place.isEmpty() ? Optional.empty() : place.get().files().status(place.get().path());
  }

  /** The content of an existing file. */
  InputStream read(String path) throws IOException {
    var place = place(path).orElseThrow();
    return place.files().read(place.path());
  }

  @Override
  public Optional<String> target(String path) throws IOException {
    var place = place(path);
    return place.isEmpty() ? Optional.empty() : place.get().files().readLink(place.get().path());
  }
}
