package dev.stagewright.stage.sandbox;

import dev.stagewright.stage.diff.ChangeSink;
import dev.stagewright.stage.files.EntryMaker;
import dev.stagewright.stage.files.EntryReader;
import dev.stagewright.stage.files.TreeTransfer;
import dev.stagewright.stage.linux.FileStatus;
import dev.stagewright.stage.linux.RootFileSystem;
import dev.stagewright.stage.path.RootedPath;
import java.io.IOException;
import java.io.InputStream;

/**
 * Brings what changed in a copy of a directory back to it. Others may read the directory meanwhile,
 * and change it: each file appears complete, and files that did not change here are left alone.
 */
final class KeptChanges implements ChangeSink {
  private final RootFileSystem root;
  private final String copy;
  private final RootFileSystem host;
  private final String source;
  private final String arriving;
  private final EntryMaker maker;

  /**
   * For one directory.
   *
   * @param copy where the changes are, in {@code root}
   * @param source where they go, in {@code host}
   */
  KeptChanges(RootFileSystem root, String copy, RootFileSystem host, String source) {
    this.root = root;
    this.copy = copy;
    this.host = host;
    this.source = source;
    this.arriving = source + ".arriving-" + ProcessHandle.current().pid() + "-" + System.nanoTime();
    this.maker = new EntryMaker(host);
  }

  @Override
  public long changed(String path, FileStatus status) throws IOException {
    var target = target(path);
    var there = host.status(target);
    if (!status.isDirectory()) {
      new TreeTransfer(root, host).copy(path, arriving);
      if (host.status(arriving).isPresent()) {
        if (there.map(FileStatus::isDirectory).orElse(false)) {
          maker.remove(target);
        }
        host.rename(arriving, target);
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

  @Override
  public void removed(String path) throws IOException {
    maker.remove(target(path));
  }

  private String target(String path) {
    return RootedPath.join(source, path.substring(copy.length() + 1));
  }
}
