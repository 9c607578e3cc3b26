package dev.stagewright.stage.diff;

import dev.stagewright.stage.linux.FileStatus;
import dev.stagewright.stage.linux.RootFileSystem;
import dev.stagewright.stage.path.RootedPath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * Walks over all files of a root, creates an index of them, and reports the differences from a
 * previous index.
 */
final class TreeWalk {
  private static final int NOTHING = -1;

  private final RootFileSystem root;
  private final Exclusions excluded;
  private final Optional<FileIndex> before;
  private final PreviousState previousState;
  private final Set<String> hidden;
  private final FileIndex index;
  private ChangeSink sink;
  private long newestSeconds;
  private int newestNanos;

  /**
   * Prepares a walk.
   *
   * @param before previous index; empty for the first walk, which finds no changes
   * @param previousState distinguishes changed files from touched files
   * @param hidden paths at and below which no changes are reported
   * @param folder directory for a large index
   */
  TreeWalk(
      RootFileSystem root,
      Exclusions excluded,
      Optional<FileIndex> before,
      PreviousState previousState,
      ChangeSink sink,
      Set<String> hidden,
      Optional<Path> folder) {
    this.root = root;
    this.excluded = excluded;
    this.before = before;
    this.previousState = previousState;
    this.sink = sink;
    this.hidden = hidden;
    this.index = FileIndex.create(folder);
  }

  /** Walks over all files below a directory. */
  FileIndex walk(String start) throws IOException {
    var top = index.add("", 0);
    root(start, top);
    directory(start, before.isPresent() ? 0 : NOTHING);
    index.close(top);
    return index;
  }

  /** The root is not part of any layer, but it may have been touched. */
  private void root(String start, int top) throws IOException {
    var status = root.status(start);
    if (status.isEmpty()) {
      return;
    }
    index.times(top, Fingerprint.ofTimes(status.get()));
    if (before.isPresent() && before.get().times(0) != index.times(top)) {
      sink.touched(start, status.get());
    }
  }

  /** The latest ctime of all files: seconds since 1970. */
  long newestSeconds() {
    return newestSeconds;
  }

  /** Nanoseconds after that second. */
  int newestNanos() {
    return newestNanos;
  }

  private void directory(String path, int old) throws IOException {
    var siblings = new Siblings(old);
    for (var name : root.list(path)) {
      var child = RootedPath.join(path, name);
      if (excluded.contains(child)) {
        continue;
      }
      var status = root.status(child);
      if (status.isPresent() && !excluded.isArtifact(child, status.get(), root)) {
        siblings.removeUpTo(name, path);
        visible(child, name, status.get(), siblings.take(name));
      }
    }
    siblings.removeRest(path);
  }

  /** Adds a file to the index and reports its change unless it is hidden. */
  private void visible(String path, String name, FileStatus status, int old) throws IOException {
    var visibleSink = sink;
    if (hidden.contains(path)) {
      sink = ChangeSink.NONE;
    }
    file(path, name, status, old);
    sink = visibleSink;
  }

  private void file(String path, String name, FileStatus status, int old) throws IOException {
    remember(status);
    var fingerprint = Fingerprint.of(status);
    var number = index.add(name, fingerprint);
    if (status.isDirectory()) {
      index.times(number, Fingerprint.ofTimes(status));
    }
    if (before.isPresent()) {
      index.contentFingerprint(number, contentFingerprint(path, status, number, old));
    }
    if (status.isDirectory()) {
      directory(path, old);
    }
    index.close(number);
  }

  private long contentFingerprint(String path, FileStatus status, int number, int old)
      throws IOException {
    if (old == NOTHING) {
      return sink.changed(path, status);
    }
    var was = before.orElseThrow();
    var isUntouched = was.fingerprint(old) == index.fingerprint(number);
    if (!isUntouched && !previousState.isUnchanged(was.contentFingerprint(old), path, status)) {
      return sink.changed(path, status);
    }
    if (!isUntouched || was.times(old) != index.times(number)) {
      sink.touched(path, status);
    }
    return was.contentFingerprint(old);
  }

  private void remember(FileStatus status) {
    if (status.ctimeSeconds() > newestSeconds
        || (status.ctimeSeconds() == newestSeconds && status.ctimeNanos() > newestNanos)) {
      newestSeconds = status.ctimeSeconds();
      newestNanos = status.ctimeNanos();
    }
  }

  /** The previous files of a directory, which are visited in parallel with its current files. */
  private final class Siblings {
    private int next;
    private final int end;

    Siblings(int directory) {
      this.next = directory + 1;
      this.end = directory == NOTHING ? 0 : before.orElseThrow().end(directory);
    }

    void removeUpTo(String name, String directory) throws IOException {
      while (next < end && before.orElseThrow().compareName(next, name) < 0) {
        removeNext(directory);
      }
    }

    void removeRest(String directory) throws IOException {
      while (next < end) {
        removeNext(directory);
      }
    }

    private void removeNext(String directory) throws IOException {
      sink.removed(RootedPath.join(directory, before.orElseThrow().name(next)));
      next = before.orElseThrow().end(next);
    }

    int take(String name) {
      if (next >= end || before.orElseThrow().compareName(next, name) != 0) {
        return NOTHING;
      }
      var found = next;
      next = before.orElseThrow().end(next);
      return found;
    }
  }
}
