package dev.stagewright.worker.source;

import dev.stagewright.layers.tar.TarEntry;
import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.stage.files.EntryReader;
import dev.stagewright.stage.linux.Errno;
import dev.stagewright.stage.linux.ExtendedAttributes;
import dev.stagewright.stage.linux.FileStatus;
import dev.stagewright.stage.linux.LinuxException;
import dev.stagewright.stage.linux.RootFileSystem;
import dev.stagewright.stage.path.LinkResolver;
import dev.stagewright.stage.path.RootedPath;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A source in a user's volume. Like BuildKit's client, it keeps links, pipes and devices, times in
 * nanoseconds, hard links, modes and extended attributes. All files belong to root.
 *
 * <p>As in BuildKit, two things are lost: file capabilities, which are removed when the owner
 * changes, and sockets, which become empty files.
 */
public final class VolumeTree implements SourceTree {
  private final RootFileSystem files;
  private final ExtendedAttributes attributes;
  private final EntryReader reader;

  private VolumeTree(RootFileSystem files) {
    this.files = files;
    this.attributes = files.attributes();
    this.reader = new EntryReader(files);
  }

  /** Opens a directory. */
  public static VolumeTree open(Path root) throws IOException {
    return new VolumeTree(RootFileSystem.open(root));
  }

  @Override
  public String description() {
    return "files of a persistent volume";
  }

  @Override
  public Optional<String> revision() {
    return Optional.empty();
  }

  @Override
  public Instant modified() {
    return Instant.EPOCH;
  }

  /** Links to directories are followed as if the volume was the root of the file system. */
  @Override
  public Optional<SourceEntry> entry(String path) throws IOException {
    try {
      var at = new LinkResolver(files::readLink).resolveParents(path);
      var status = files.status(at);
      return status.isEmpty() ? Optional.empty() : Optional.of(entryOf(at, status.get()));
    } catch (LinuxException e) {
      throw explain(e);
    }
  }

  @Override
  public void walk(Visitor visitor) throws IOException {
    try {
      walk("", visitor);
    } catch (LinuxException e) {
      throw explain(e);
    }
  }

  private void walk(String folder, Visitor visitor) throws IOException {
    for (var name : files.list(folder)) {
      var path = RootedPath.join(folder, name);
      var status = files.status(path);
      if (status.isPresent()) {
        visitor.visit(entryOf(path, status.get()));
        if (status.get().isDirectory()) {
          walk(path, visitor);
        }
      }
    }
  }

  private SourceEntry entryOf(String path, FileStatus status) throws IOException {
    var entry =
        withoutTimes(path, status)
            .withMtime(status.mtimeSeconds(), status.mtimeNanos())
            .withXattrs(attributes(path));
    var hasOtherNames = entry.type() == TarEntry.Type.FILE && status.links() > 1;
    var identity = hasOtherNames ? status.device() + ":" + status.inode() : "";
    return new SourceEntry.Exact(entry, identity, () -> content(path, status));
  }

  private TarEntry withoutTimes(String path, FileStatus status) throws IOException {
    return switch (status.type()) {
      case FILE -> TarEntry.file(path, status.size()).withMode(status.mode());
      case SOCKET -> TarEntry.file(path, 0).withMode(status.mode());
      case DIRECTORY -> TarEntry.directory(path).withMode(status.mode());
      case SYMLINK -> TarEntry.symlink(path, files.readLink(path).orElse(""));
      case FIFO -> TarEntry.fifo(path).withMode(status.mode());
      case CHARACTER_DEVICE -> device(path, TarEntry.Type.CHARACTER_DEVICE, status);
      case BLOCK_DEVICE -> device(path, TarEntry.Type.BLOCK_DEVICE, status);
    };
  }

  private static TarEntry device(String path, TarEntry.Type type, FileStatus status) {
    return TarEntry.device(path, type, status.major(), status.minor()).withMode(status.mode());
  }

  private Map<String, byte[]> attributes(String path) throws IOException {
    var attributesToKeep = new TreeMap<>(attributes.all(path));
    attributesToKeep.remove(ExtendedAttributes.CAPABILITY);
    return attributesToKeep;
  }

  private InputStream content(String path, FileStatus status) throws IOException {
    return switch (status.type()) {
      case FILE ->
          reader
              .content(path, status.size())
              .orElseThrow(() -> new IOException(path + " was deleted while it was read"));
      default -> InputStream.nullInputStream();
    };
  }

  /**
   * Root without capabilities can only read files that it owns or that are readable for everybody.
   */
  private static IOException explain(LinuxException failed) {
    if (!failed.errno().equals(Errno.EACCES) && !failed.errno().equals(Errno.EPERM)) {
      return failed;
    }
    throw new BuildFailedException(
        Failure.of(
            FailureReason.SourceUnauthorized,
            "spec.source.persistentVolumeClaim: "
                + failed.getMessage()
                + ": prepare runs as root without capabilities, so it can only read files that belong to root or are"
                + " readable for everybody"),
        failed);
  }

  @Override
  public void close() {}
}
