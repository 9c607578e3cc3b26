package dev.stagewright.stage.sandbox;

import dev.stagewright.stage.diff.ChangeSink;
import dev.stagewright.stage.files.EntryReader;
import dev.stagewright.stage.files.FileCreator;
import dev.stagewright.stage.files.TreeCopy;
import dev.stagewright.stage.linux.FileStatus;
import dev.stagewright.stage.linux.RootFileSystem;
import dev.stagewright.stage.path.RootedPath;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;

/**
 * Brings what changed in a copy of a directory back to it. Others may read the directory meanwhile,
 * and change it: each file appears complete, and files that did not change here are left alone.
 *
 * <p>With a real mount no file could have names both inside and outside of the directory. Here one
 * can: what was copied and then got a name outside may have been changed by that name, so that the
 * directory keeps the file that it had.
 */
final class PersistedChanges implements ChangeSink {
  private final RootFileSystem root;
  private final String copy;
  private final RootFileSystem host;
  private final String source;
  private final String arriving;
  private final FileCreator maker;
  private final InodeNames names;
  private final Map<Long, String> brought = new HashMap<>();

  /**
   * For one directory.
   *
   * @param copy where the changes are, in {@code root}
   * @param source where they go, in {@code host}
   * @param names the files of the copy as they were, and how many names each has in it now
   */
  PersistedChanges(
      RootFileSystem root, String copy, RootFileSystem host, String source, InodeNames names) {
    this.root = root;
    this.copy = copy;
    this.host = host;
    this.source = source;
    this.arriving = source + ".arriving-" + ProcessHandle.current().pid() + "-" + System.nanoTime();
    this.maker = new FileCreator(host);
    this.names = names;
  }

  @Override
  public long changed(String path, FileStatus status) throws IOException {
    var target = target(path);
    var there = host.status(target);
    if (!status.isDirectory()) {
      if (there.isEmpty() || !names.isSharedWithOutside(status)) {
        bring(path, status, target);
      }
      return NO_STAMP;
    }
    var entry =
        new EntryReader(root).entry(path, status, root.attributes().all(path)).orElseThrow();
    if (there.map(FileStatus::isDirectory).orElse(false)) {
      maker.describe(target, entry);
    } else {
      maker.remove(target);
      maker.make(target, entry, InputStream.nullInputStream());
    }
    return NO_STAMP;
  }

  private void bring(String path, FileStatus status, String target) throws IOException {
    var first = status.links() > 1 ? brought.putIfAbsent(status.inode(), target) : null;
    if (first == null) {
      new TreeCopy(root, host).copy(path, arriving);
    } else {
      host.makeHardLink(first, arriving);
    }
    if (host.status(arriving).isEmpty()) {
      return;
    }
    if (host.status(target).map(FileStatus::isDirectory).orElse(false)) {
      maker.remove(target);
    }
    host.rename(arriving, target);
    // Renaming over another name of the same file does nothing.
    maker.remove(arriving);
  }

  @Override
  public void removed(String path) throws IOException {
    maker.remove(target(path));
  }

  private String target(String path) {
    return RootedPath.join(source, path.substring(copy.length() + 1));
  }
}
