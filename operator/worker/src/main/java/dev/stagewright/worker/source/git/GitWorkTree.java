package dev.stagewright.worker.source.git;

import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.worker.source.SourceEntry;
import dev.stagewright.worker.source.SourceTree;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** A commit's files as git checks them out: as new, and where asked for with {@code .git}. */
public final class GitWorkTree implements SourceTree {
  private final SourceTree files;
  private final Optional<GitDirectory> dotGit;
  private final Instant modified;

  private GitWorkTree(SourceTree files, Optional<GitDirectory> dotGit, Instant modified) {
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
    var dotGit =
        keep ? Optional.of(GitDirectory.checkOut(clone, modified)) : Optional.<GitDirectory>empty();
    return new GitWorkTree(GitTree.open(clone, request.directory(), servers), dotGit, modified);
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
      dotGit.get().walk(visitor);
    }
    files.walk(visitor);
  }

  @Override
  public void close() throws IOException {
    files.close();
  }
}
