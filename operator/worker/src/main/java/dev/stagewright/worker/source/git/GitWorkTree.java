package dev.stagewright.worker.source.git;

import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.worker.source.SourceEntry;
import dev.stagewright.worker.source.SourceTree;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * The files of a commit as a git checkout creates them: with a new time, and with {@code .git} if
 * requested.
 */
public final class GitWorkTree implements SourceTree {
  private final SourceTree files;
  private final Optional<GitDirectory> gitDirectory;
  private final Instant modified;

  private GitWorkTree(SourceTree files, Optional<GitDirectory> gitDirectory, Instant modified) {
    this.files = files;
    this.gitDirectory = gitDirectory;
    this.modified = modified;
  }

  /**
   * A request for files.
   *
   * @param url the address of the repository
   * @param revision a branch, tag or commit; empty for the remote's HEAD
   * @param directory the directory of the repository; empty for all files
   * @param keepGitDirectory whether to include {@code .git}; ignored with a directory
   */
  public record Request(
      String url,
      Optional<String> revision,
      Optional<String> directory,
      boolean keepGitDirectory) {}

  /**
   * Fetches the files.
   *
   * @param scratch the directory of the clone; deleted when the tree is closed
   * @param modified the modification time of every file
   * @throws BuildFailedException if the repository, the revision or the directory does not exist,
   *     or the server rejects the request or cannot be reached
   */
  public static SourceTree fetch(
      Request request, GitServers servers, Path scratch, Instant modified) throws IOException {
    var keep = request.keepGitDirectory() && request.directory().isEmpty();
    var form = keep ? GitServers.Form.GIT_DIRECTORY : GitServers.Form.BARE;
    var clone =
        servers.fetch(request.url(), request.revision(), request.directory(), scratch, form);
    var gitDirectory =
        keep ? Optional.of(GitDirectory.checkOut(clone, modified)) : Optional.<GitDirectory>empty();
    return new GitWorkTree(
        GitTree.open(clone, request.directory(), servers), gitDirectory, modified);
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
    if (gitDirectory.isPresent()) {
      gitDirectory.get().walk(visitor);
    }
    files.walk(visitor);
  }

  @Override
  public void close() throws IOException {
    files.close();
  }
}
