package dev.stagewright.stage.sandbox;

import dev.stagewright.stage.linux.FileStatus;
import dev.stagewright.stage.linux.RootFileSystem;
import dev.stagewright.stage.path.RootedPath;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The files of a directory by inode: the initial files, and the final number of names of files with
 * hard links.
 */
final class InodeNames {
  private static final int FIRST_CAPACITY = 64;

  private final RootFileSystem root;
  private final String directory;
  private long[] first = new long[FIRST_CAPACITY];
  private int count;
  private Map<Long, Integer> last = Map.of();

  private InodeNames(RootFileSystem root, String directory) {
    this.root = root;
    this.directory = directory;
  }

  /** Records the current files as the initial files. */
  static InodeNames begin(RootFileSystem root, String directory) throws IOException {
    var names = new InodeNames(root, directory);
    names.walk(directory, names::addFirst);
    Arrays.sort(names.first, 0, names.count);
    return names;
  }

  /** Records the current files as the final files. */
  InodeNames end() throws IOException {
    last = new HashMap<>();
    walk(
        directory,
        status -> {
          if (status.links() > 1) {
            last.merge(status.inode(), 1, Integer::sum);
          }
        });
    return this;
  }

  /** Whether a file existed initially and now has a name outside the directory. */
  boolean isSharedWithOutside(FileStatus status) {
    return status.isFile()
        && status.links() > last.getOrDefault(status.inode(), 1)
        && Arrays.binarySearch(first, 0, count, status.inode()) >= 0;
  }

  private interface Visitor {
    void file(FileStatus status);
  }

  private void walk(String path, Visitor visitor) throws IOException {
    for (var name : root.list(path)) {
      var child = RootedPath.join(path, name);
      var status = root.status(child);
      if (status.isEmpty()) {
        continue;
      }
      if (status.get().isDirectory()) {
        walk(child, visitor);
      } else {
        visitor.file(status.get());
      }
    }
  }

  private void addFirst(FileStatus status) {
    if (count == first.length) {
      first = Arrays.copyOf(first, 2 * count);
    }
    first[count++] = status.inode();
  }
}
