package dev.stagewright.stage.sandbox;

import dev.stagewright.layers.tar.RawName;
import dev.stagewright.stage.diff.Exclusions;
import dev.stagewright.stage.diff.SnapshotDiffer;
import dev.stagewright.stage.files.EntryReader;
import dev.stagewright.stage.files.FileCreator;
import dev.stagewright.stage.files.TreeCopy;
import dev.stagewright.stage.linux.FileStatus;
import dev.stagewright.stage.linux.FileType;
import dev.stagewright.stage.linux.LinuxException;
import dev.stagewright.stage.linux.RootFileSystem;
import dev.stagewright.stage.path.LinkResolver;
import dev.stagewright.stage.path.RootedPath;
import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Replaces the mounts of a command where mounts are not possible: sources are copied to their
 * targets, and existing files are moved aside. Closing restores all files.
 */
final class InPlaceMounts implements Closeable {
  private static final int TMPFS_MODE = 01777;

  private final RootFileSystem root;
  private final RootFileSystem host;
  private final Exclusions excluded;
  private final InPlaceLimits limits;
  private final UndoStack undo = new UndoStack();
  private final MountPoint mountPoint;
  private final FileCreator creator;
  private final Set<String> hidden = new HashSet<>();

  private InPlaceMounts(RootFileSystem root, RootFileSystem host, Exclusions excluded) {
    this.root = root;
    this.host = host;
    this.excluded = excluded;
    this.limits = new InPlaceLimits(excluded);
    this.mountPoint = new MountPoint(root, undo);
    this.creator = new FileCreator(root);
  }

  /**
   * Sets up all mounts.
   *
   * @param host root of the sources, {@code /}
   * @throws SandboxUnavailableException if the files at a target cannot be replaced; then nothing
   *     is changed
   */
  static InPlaceMounts put(
      List<SandboxMount> mounts, RootFileSystem root, RootFileSystem host, Exclusions excluded)
      throws IOException {
    var put = new InPlaceMounts(root, host, excluded);
    try {
      for (var mount : mounts) {
        put.put(mount);
      }
      return put;
    } catch (IOException | RuntimeException e) {
      try {
        put.close();
      } catch (IOException again) {
        e.addSuppressed(again);
      }
      throw e;
    }
  }

  /** Resolved paths that are unchanged afterwards, with all paths below them. */
  Set<String> hidden() {
    return Collections.unmodifiableSet(hidden);
  }

  private void put(SandboxMount mount) throws IOException {
    var target = new LinkResolver(root::readLink).resolve(mount.target());
    limits.check(target, root.status(target).isPresent());
    var existed =
        switch (mount) {
          case SandboxMount.Tmpfs _ -> tmpfs(target);
          case SandboxMount.Bind bind -> bind(bind, target);
        };
    if (existed) {
      hidden.add(target);
    }
  }

  /** As in container runtimes, the mode is that of the directory that it covers. */
  private boolean tmpfs(String target) throws IOException {
    var existed = mountPoint.clearDirectory(target);
    if (existed) {
      root.setOwner(target, 0, 0);
    } else {
      root.setMode(target, TMPFS_MODE);
    }
    return existed;
  }

  private boolean bind(SandboxMount.Bind bind, String target) throws IOException {
    var source = hostPath(bind.source());
    var status =
        host.status(source)
            .orElseThrow(() -> new FileNotFoundException(bind.source() + " does not exist"));
    if (status.isDirectory()) {
      var existed = mountPoint.clearDirectory(target);
      new TreeCopy(host, root).copyContents(source, target);
      dress(source, status, target);
      if (bind.writes() == SandboxMount.Writes.KEPT) {
        keep(target, source);
      }
      return existed;
    }
    var existed = mountPoint.clearFile(target);
    mountPoint.keepingTime(
        RootedPath.parent(target), () -> file(bind.source(), source, status, target));
    return existed;
  }

  private void file(Path path, String source, FileStatus status, String target) throws IOException {
    if (status.type() != FileType.SOCKET) {
      new TreeCopy(host, root).copy(source, target);
      return;
    }
    try {
      host.makeHardLink(source, hostPath(root.directory().resolve(RawName.text(target))));
    } catch (LinuxException _) {
      // The source is on another file system.
      root.makeSymlink(RawName.of(path.toString()), target);
    }
  }

  /** Copies the owner, mode and time of a directory to another directory. */
  private void dress(String source, FileStatus status, String target) throws IOException {
    creator.applyMetadata(
        target, new EntryReader(host).entry(source, status, Map.of()).orElseThrow());
  }

  private void keep(String target, String source) throws IOException {
    var copied = SnapshotDiffer.begin(root, excluded, target);
    var names = InodeNames.begin(root, target);
    undo.push(() -> {
      var after = root.status(target);
      if (after.isPresent() && after.get().isDirectory()) {
        copied.reportChanges(new PersistedChanges(root, target, host, source, names.end()));
        host.setOwner(source, after.get().uid(), after.get().gid());
        host.setMode(source, after.get().mode());
      }
    });
  }

  private static String hostPath(Path path) {
    return RawName.of(path.toAbsolutePath().toString()).substring(1);
  }

  @Override
  public void close() throws IOException {
    try {
      undo.close();
    } catch (IOException e) {
      throw new IOException("files below the mounts could not be restored: " + e.getMessage(), e);
    }
  }
}
