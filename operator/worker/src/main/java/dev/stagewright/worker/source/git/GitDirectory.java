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
 * The {@code .git} directory of a working tree, as BuildKit leaves it: a shallow repository with a
 * detached HEAD, the requested branch or tag, and the remote's URL without credentials.
 *
 * @param folder the path of the directory
 */
record GitDirectory(Path folder) {
  /** The name of the directory in the working tree. */
  static final String NAME = ".git";

  /**
   * Creates the state of a checkout, without the files of the working tree.
   *
   * @param modified the modification time of every file of the working tree
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
    config.setString("remote", "origin", "url", clone.url().toString());
    config.setString("remote", "origin", "fetch", "+refs/heads/*:refs/remotes/origin/*");
    // Copies of files have other inodes and change times, which must not mark them as modified.
    config.setString("core", null, "checkStat", "minimal");
    config.setBoolean("core", null, "trustctime", false);
    config.unsetSection("gc", null);
    config.save();
  }

  /**
   * Writes an index with sizes and times of the files, so that git need not read them to detect a
   * clean tree.
   */
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
   * Marks excluded files as unchanged, so that their absence does not make the version "dirty".
   *
   * @param excluded whether a path, as text, is excluded
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

  /** Returns the entry at a path of the working tree; empty if the path is not in {@code .git}. */
  Optional<SourceEntry> entry(String path) throws IOException {
    if (!contains(path)) {
      return Optional.empty();
    }
    var file = folder.resolve(RawName.text(path.substring(NAME.length())).replaceFirst("^/", ""));
    return Files.exists(file) ? Optional.of(entry(path, file)) : Optional.empty();
  }

  /** Whether a path of the working tree is {@code .git} or inside of it. */
  static boolean contains(String path) {
    return path.equals(NAME) || path.startsWith(NAME + "/");
  }

  /** Visits {@code .git} and its contents. */
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
