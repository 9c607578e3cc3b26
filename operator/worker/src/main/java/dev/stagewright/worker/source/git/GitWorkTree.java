package dev.stagewright.worker.source.git;

import dev.stagewright.layers.tar.RawName;
import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.worker.source.SourceEntry;
import dev.stagewright.worker.source.SourceTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;

/** A commit's files as git checks them out: as new, and where asked for with {@code .git}. */
public final class GitWorkTree implements SourceTree {
  private final SourceTree files;
  private final Optional<Path> dotGit;
  private final Instant modified;

  private GitWorkTree(SourceTree files, Optional<Path> dotGit, Instant modified) {
    this.files = files;
    this.dotGit = dotGit;
    this.modified = modified;
  }

  /**
   * Which files.
   *
   * @param url of the repository
   * @param revision branch, tag or commit; empty means the remote's HEAD
   * @param directory of the repository that is wanted; empty means all of it
   * @param keepGitDirectory whether {@code .git} comes too; it never does with a directory
   */
  public record Request(
      String url,
      Optional<String> revision,
      Optional<String> directory,
      boolean keepGitDirectory) {}

  /**
   * Fetches them.
   *
   * @param scratch folder for the repository; removed when the tree is closed
   * @param modified the time of every file
   * @throws BuildFailedException if the repository, the revision or the directory does not exist,
   *     or the server refuses us or cannot be reached
   */
  public static SourceTree fetch(
      Request request, GitServers servers, Path scratch, Instant modified) throws IOException {
    var keep = request.keepGitDirectory() && request.directory().isEmpty();
    var form = keep ? GitServers.Form.DOT_GIT : GitServers.Form.BARE;
    var clone = servers.fetch(request.url(), request.revision(), scratch, form);
    if (keep) {
      checkOut(clone);
    }
    var dotGit =
        keep ? Optional.of(clone.repository().getDirectory().toPath()) : Optional.<Path>empty();
    return new GitWorkTree(GitTree.open(clone, request.directory(), servers), dotGit, modified);
  }

  /** Leaves the repository as a checkout of the commit would, but for the files themselves. */
  private static void checkOut(GitClone clone) throws IOException {
    var repository = clone.repository();
    var commit = clone.commit();
    var head = repository.updateRef(Constants.HEAD, true);
    head.setNewObjectId(commit);
    head.disableRefLog();
    head.forceUpdate();
    RefUpdate fetched = repository.updateRef(GitFetch.FETCHED);
    fetched.setForceUpdate(true);
    fetched.delete();
    var config = repository.getConfig();
    config.setString("remote", "origin", "url", clone.url());
    config.setString("remote", "origin", "fetch", "+refs/heads/*:refs/remotes/origin/*");
    config.unsetSection("gc", null);
    config.save();
    index(repository, commit.getTree());
  }

  private static void index(Repository repository, ObjectId tree) throws IOException {
    var index = DirCache.lock(repository, null);
    try (var objects = repository.newObjectReader()) {
      var builder = index.builder();
      builder.addTree(new byte[0], 0, objects, tree);
      builder.commit();
    } finally {
      index.unlock();
    }
  }

  @Override
  public String description() {
    return files.description();
  }

  @Override
  public Optional<String> revision() {
    return files.revision();
  }

  @Override
  public Instant modified() {
    return modified;
  }

  @Override
  public Optional<SourceEntry> entry(String path) throws IOException {
    return files.entry(path);
  }

  @Override
  public void walk(Visitor visitor) throws IOException {
    visitor.visit(new SourceEntry.Directory(""));
    if (dotGit.isPresent()) {
      walk(dotGit.get(), ".git", visitor);
    }
    files.walk(visitor);
  }

  private static void walk(Path folder, String name, Visitor visitor) throws IOException {
    visitor.visit(new SourceEntry.Directory(name));
    try (var list = Files.list(folder)) {
      for (var file : list.sorted().toList()) {
        var path = name + "/" + RawName.of(file.getFileName().toString());
        if (Files.isDirectory(file)) {
          walk(file, path, visitor);
        } else {
          visitor.visit(
              new SourceEntry.File(
                  path, false, Files.size(file), () -> Files.newInputStream(file)));
        }
      }
    }
  }

  @Override
  public void close() throws IOException {
    files.close();
  }
}
