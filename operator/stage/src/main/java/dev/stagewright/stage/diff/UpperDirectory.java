package dev.stagewright.stage.diff;

import dev.stagewright.layers.tar.TarWriter;
import dev.stagewright.stage.details.LayerDetails;
import dev.stagewright.stage.linux.ExtendedAttributes;
import dev.stagewright.stage.linux.FileStatus;
import dev.stagewright.stage.linux.FileType;
import dev.stagewright.stage.linux.RootFileSystem;
import dev.stagewright.stage.path.RootedPath;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/**
 * The upper directory of an overlay, which contains all files that were written. It contains
 * complete copies of touched files too, so unchanged files must be distinguished from changed
 * files.
 *
 * @see <a href="https://docs.kernel.org/filesystems/overlayfs.html">Overlay Filesystem</a>
 */
public final class UpperDirectory {
  private static final String OPAQUE = "user.overlay.opaque";
  private static final Optional<FileStatus> NOTHING = Optional.empty();

  private final RootFileSystem upper;
  private final RootFileSystem before;
  private final ExtendedAttributes attributes;
  private final FileComparison same;

  /**
   * Reads an upper directory to which no process writes any more.
   *
   * @param before merged view of the lower directories
   */
  public UpperDirectory(RootFileSystem upper, RootFileSystem before) {
    this.upper = upper;
    this.before = before;
    this.attributes = upper.attributes();
    this.same = new FileComparison(upper, before);
  }

  /** Whether no file was touched. */
  public boolean isEmpty() throws IOException {
    return upper.list("").length == 0;
  }

  /**
   * Writes the changes as a layer.
   *
   * @param details receives details that the layer lacks
   */
  public void writeChanges(TarWriter layer, LayerDetails details) throws IOException {
    var sink = new LayerSink(upper, layer, details);
    var status = upper.status("").orElseThrow();
    if (!isAs(status, before.status("").orElseThrow())) {
      sink.touched("", status);
    }
    directory("", Lower.MERGED, sink);
    sink.finish();
  }

  private static boolean isAs(FileStatus a, FileStatus b) {
    return a.mode() == b.mode()
        && a.uid() == b.uid()
        && a.gid() == b.gid()
        && a.mtimeSeconds() == b.mtimeSeconds()
        && a.mtimeNanos() == b.mtimeNanos();
  }

  /** What the lower directories have at the path of a directory. */
  private enum Lower {
    /** A directory, whose files are still visible unless they are covered one by one. */
    MERGED,
    /** A directory, whose files are not visible any more. */
    REPLACED,
    /** No directory: all files are new. */
    ABSENT
  }

  /** Visits a directory in the order of names. */
  private void directory(String path, Lower lower, ChangeSink sink) throws IOException {
    var names = upper.list(path);
    var lowerNames = lower == Lower.REPLACED ? before.list(path) : new String[0];
    var next = 0;
    for (var name : names) {
      for (; next < lowerNames.length && lowerNames[next].compareTo(name) <= 0; next++) {
        if (!lowerNames[next].equals(name)) {
          sink.removed(RootedPath.join(path, lowerNames[next]));
        }
      }
      file(RootedPath.join(path, name), lower, sink);
    }
    for (; next < lowerNames.length; next++) {
      sink.removed(RootedPath.join(path, lowerNames[next]));
    }
  }

  private void file(String path, Lower parent, ChangeSink sink) throws IOException {
    var status = upper.status(path).orElseThrow();
    // Where there was no directory, the kernel would follow a symbolic link that was there.
    var old = parent == Lower.ABSENT ? NOTHING : before.status(path);
    if (isWhiteout(status)) {
      if (old.isPresent()) {
        sink.removed(path);
      }
      return;
    }
    if (old.isEmpty() || !same.test(path, status, old.get())) {
      sink.changed(path, status);
    } else {
      sink.touched(path, status);
    }
    if (status.isDirectory()) {
      directory(path, below(path, parent, old), sink);
    }
  }

  private Lower below(String path, Lower parent, Optional<FileStatus> old) throws IOException {
    if (old.isEmpty() || !old.get().isDirectory()) {
      return Lower.ABSENT;
    }
    return parent == Lower.MERGED && !isOpaque(path) ? Lower.MERGED : Lower.REPLACED;
  }

  private static boolean isWhiteout(FileStatus status) {
    return status.type() == FileType.CHARACTER_DEVICE && status.major() == 0 && status.minor() == 0;
  }

  private boolean isOpaque(String path) throws IOException {
    var value = attributes.get(path, OPAQUE);
    return value.isPresent() && Arrays.equals(value.get(), new byte[] {'y'});
  }
}
