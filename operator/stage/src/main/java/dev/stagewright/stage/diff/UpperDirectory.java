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

/**
 * The upper directory of an overlay, which contains all files that were written. It contains
 * complete copies of touched files too, so unchanged files must be distinguished from changed
 * files.
 *
 * @see <a href="https://docs.kernel.org/filesystems/overlayfs.html">Overlay Filesystem</a>
 */
public final class UpperDirectory {
  private static final String OPAQUE = "user.overlay.opaque";

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
    directory("", true, sink);
    sink.finish();
  }

  private static boolean isAs(FileStatus a, FileStatus b) {
    return a.mode() == b.mode()
        && a.uid() == b.uid()
        && a.gid() == b.gid()
        && a.mtimeSeconds() == b.mtimeSeconds()
        && a.mtimeNanos() == b.mtimeNanos();
  }

  /**
   * Visits a directory in the order of names.
   *
   * @param merged whether the content of the lower directories is still visible
   */
  private void directory(String path, boolean merged, ChangeSink sink) throws IOException {
    var names = upper.list(path);
    var lowerNames = merged ? new String[0] : before.list(path);
    var next = 0;
    for (var name : names) {
      for (; next < lowerNames.length && lowerNames[next].compareTo(name) <= 0; next++) {
        if (!lowerNames[next].equals(name)) {
          sink.removed(RootedPath.join(path, lowerNames[next]));
        }
      }
      file(RootedPath.join(path, name), merged, sink);
    }
    for (; next < lowerNames.length; next++) {
      sink.removed(RootedPath.join(path, lowerNames[next]));
    }
  }

  private void file(String path, boolean merged, ChangeSink sink) throws IOException {
    var status = upper.status(path).orElseThrow();
    var old = before.status(path);
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
      directory(path, merged && !isOpaque(path), sink);
    }
  }

  private static boolean isWhiteout(FileStatus status) {
    return status.type() == FileType.CHARACTER_DEVICE && status.major() == 0 && status.minor() == 0;
  }

  private boolean isOpaque(String path) throws IOException {
    var value = attributes.get(path, OPAQUE);
    return value.isPresent() && Arrays.equals(value.get(), new byte[] {'y'});
  }
}
