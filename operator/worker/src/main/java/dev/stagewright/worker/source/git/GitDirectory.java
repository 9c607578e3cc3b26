package dev.stagewright.worker.source.git;

import dev.stagewright.layers.tar.RawName;
import dev.stagewright.worker.source.SourceEntry;
import dev.stagewright.worker.source.SourceTree.Visitor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.util.FS;

/**
 * The {@code .git} of a working tree, as BuildKit leaves it: a shallow repository with a detached
 * HEAD, the branch or tag that was asked for, and the remote's URL without credentials.
 *
 * @param folder where it lies
 */
record GitDirectory(Path folder) {
  /** Its name in the working tree. */
  static final String NAME = ".git";

  /**
   * Leaves the repository as a checkout of the commit would, but for the files themselves.
   *
   * @param modified the time that every file of the working tree will have
   */
  static GitDirectory checkOut(GitClone clone, Instant modified) throws IOException {
    var repository = clone.repository();
    update(repository.updateRef(Constants.HEAD, true), clone.commit());
    var fetched = repository.exactRef(GitFetch.FETCHED);
    if (fetched != null) {
      if (clone.ref().isPresent()) {
        update(repository.updateRef(clone.ref().get()), fetched.getObjectId());
      }
      RefUpdate temporary = repository.updateRef(GitFetch.FETCHED);
      temporary.setForceUpdate(true);
      temporary.delete();
    }
    var folder = repository.getDirectory().toPath();
    Files.deleteIfExists(folder.resolve(Constants.FETCH_HEAD));
    configure(clone);
    index(repository, clone.commit().getTree(), modified);
    return new GitDirectory(folder);
  }

  private static void update(RefUpdate ref, ObjectId object) throws IOException {
    ref.setNewObjectId(object);
    ref.disableRefLog();
    ref.forceUpdate();
  }

  private static void configure(GitClone clone) throws IOException {
    var config = clone.repository().getConfig();
    config.setString("remote", "origin", "url", clone.url());
    config.setString("remote", "origin", "fetch", "+refs/heads/*:refs/remotes/origin/*");
    // A copy of a file has another inode and time of change, which alone do not make it dirty.
    config.setString("core", null, "checkStat", "minimal");
    config.setBoolean("core", null, "trustctime", false);
    config.unsetSection("gc", null);
    config.save();
  }

  /** With sizes and times of the files, so that git need not read them to find the tree clean. */
  private static void index(Repository repository, ObjectId tree, Instant modified)
      throws IOException {
    var index = DirCache.lock(repository, null);
    try (var objects = repository.newObjectReader()) {
      var builder = index.builder();
      builder.addTree(new byte[0], 0, objects, tree);
      builder.finish();
      for (var i = 0; i < index.getEntryCount(); i++) {
        var entry = index.getEntry(i);
        if (!entry.getFileMode().equals(FileMode.GITLINK)) {
          entry.setLastModified(modified);
          entry.setLength(objects.getObjectSize(entry.getObjectId(), ObjectReader.OBJ_ANY));
        }
      }
      index.write();
      index.commit();
    } finally {
      index.unlock();
    }
  }

  /**
   * Has git take files for unchanged that are not in the working tree: they were left out on
   * purpose, and must not make a version "dirty".
   *
   * @param excluded tells which, of a path as text
   */
  void assumeUnchanged(Predicate<String> excluded) throws IOException {
    var index = DirCache.lock(folder.resolve("index").toFile(), FS.DETECTED);
    try {
      for (var i = 0; i < index.getEntryCount(); i++) {
        var entry = index.getEntry(i);
        entry.setAssumeValid(excluded.test(entry.getPathString()));
      }
      index.write();
      index.commit();
    } finally {
      index.unlock();
    }
  }

  /** What lies at a path of the working tree; empty where it is not below {@code .git}. */
  Optional<SourceEntry> entry(String path) throws IOException {
    if (!isBelow(path)) {
      return Optional.empty();
    }
    var file = folder.resolve(RawName.text(path.substring(NAME.length())).replaceFirst("^/", ""));
    return Files.exists(file) ? Optional.of(entry(path, file)) : Optional.empty();
  }

  /** Whether a path of the working tree is {@code .git} or below it. */
  static boolean isBelow(String path) {
    return path.equals(NAME) || path.startsWith(NAME + "/");
  }

  /** Visits {@code .git} and all below it. */
  void walk(Visitor visitor) throws IOException {
    walk(folder, NAME, visitor);
  }

  private static void walk(Path directory, String name, Visitor visitor) throws IOException {
    visitor.visit(new SourceEntry.Directory(name));
    try (var list = Files.list(directory)) {
      for (var file : list.sorted().toList()) {
        var path = name + "/" + RawName.of(file.getFileName().toString());
        if (Files.isDirectory(file)) {
          walk(file, path, visitor);
        } else {
          visitor.visit(entry(path, file));
        }
      }
    }
  }

  private static SourceEntry entry(String path, Path file) throws IOException {
    return Files.isDirectory(file)
        ? new SourceEntry.Directory(path)
        : new SourceEntry.File(path, false, Files.size(file), () -> Files.newInputStream(file));
  }
}
