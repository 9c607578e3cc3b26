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
 * Copies changes in a copy of a directory back to the directory. Other processes may read and
 * change the directory meanwhile: each file appears complete, and files that did not change in the
 * copy are not touched.
 *
 * <p>With a real mount, a file could not have hard links both inside and outside the directory.
 * Here it can: a copied file that got a name outside may have been changed by that name, so the
 * directory keeps its previous file.
 */
final class PersistedChanges implements ChangeSink {
  private final RootFileSystem root;
  private final String copy;
  private final RootFileSystem host;
  private final String source;
  private final String arriving;
  private final FileCreator creator;
  private final InodeNames names;
  private final Map<Long, String> persisted = new HashMap<>();

  /**
   * Persists the changes of one directory.
   *
   * @param copy path of the copy in {@code root}
   * @param source path of the directory in {@code host}
   * @param names initial files of the copy, and the number of names of each
   */
  PersistedChanges(
      RootFileSystem root, String copy, RootFileSystem host, String source, InodeNames names) {
    this.root = root;
    this.copy = copy;
    this.host = host;
    this.source = source;
    this.arriving = source + ".arriving-" + ProcessHandle.current().pid() + "-" + System.nanoTime();
    this.creator = new FileCreator(host);
    this.names = names;
  }

  @Override
  public long changed(String path, FileStatus status) throws IOException {
    var target = target(path);
    var existing = host.status(target);
    if (!status.isDirectory()) {
      if (existing.isEmpty() || !names.isSharedWithOutside(status)) {
        bring(path, status, target);
      }
      return NO_STAMP;
    }
    var entry =
        new EntryReader(root).entry(path, status, root.attributes().all(path)).orElseThrow();
    if (existing.map(FileStatus::isDirectory).orElse(false)) {
      creator.applyMetadata(target, entry);
    } else {
      creator.remove(target);
      creator.create(target, entry, InputStream.nullInputStream());
    }
    return NO_STAMP;
  }

  private void bring(String path, FileStatus status, String target) throws IOException {
    var first = status.links() > 1 ? persisted.putIfAbsent(status.inode(), target) : null;
    if (first == null) {
      new TreeCopy(root, host).copy(path, arriving);
    } else {
      host.makeHardLink(first, arriving);
    }
    if (host.status(arriving).isEmpty()) {
      return;
    }
    if (host.status(target).map(FileStatus::isDirectory).orElse(false)) {
      creator.remove(target);
    }
    host.rename(arriving, target);
    // Renaming to another hard link of the same file has no effect.
    creator.remove(arriving);
  }

  @Override
  public void removed(String path) throws IOException {
    creator.remove(target(path));
  }

  private String target(String path) {
    return RootedPath.join(source, path.substring(copy.length() + 1));
  }
}
