package dev.stagewright.worker.source.git;

import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.worker.DirectoryTree;
import dev.stagewright.worker.source.git.http.HttpSettings;
import dev.stagewright.worker.source.git.lfs.LfsObjects;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.jgit.api.errors.GitAPIException;

/**
 * Fetches commits from git servers.
 *
 * @param keys the credentials for the servers
 * @param http certificates and proxies
 * @param hint the hint about credentials
 * @param timeout the timeout of connecting, and of each wait for data
 * @param lfs whether pointers of Git LFS are replaced by their content
 */
public record GitServers(
    GitKeys keys, HttpSettings http, CredentialHint hint, Duration timeout, boolean lfs) {

  /** Servers whose pointers of Git LFS remain pointers. */
  public GitServers(GitKeys keys, HttpSettings http, CredentialHint hint, Duration timeout) {
    this(keys, http, hint, timeout, false);
  }

  private static final Pattern LONG_ID = Pattern.compile("[0-9a-fA-F]{41,}");
  private static final Pattern SHORT_ID = Pattern.compile("[0-9a-fA-F]{1,3}");

  /** The purpose of a clone. */
  enum Form {
    /** To read its objects. */
    BARE,
    /** To become the {@code .git} directory of a working tree. */
    GIT_DIRECTORY
  }

  /**
   * Fetches a revision: only its commit if the server supports this, else all branches and tags.
   *
   * @param address the address of the repository
   * @param revision a branch, tag or commit; empty for the remote's HEAD
   * @param directory the only directory that is required; empty for all files. The other files may
   *     be missing in the clone.
   * @param scratch the directory of the clone, emptied first
   * @throws BuildFailedException if the repository or the revision does not exist, or the server
   *     rejects the request or cannot be reached
   */
  GitClone fetch(
      String address,
      Optional<String> revision,
      Optional<String> directory,
      Path scratch,
      Form form)
      throws IOException {
    var url = GitUrl.parse("the address of a git repository", address);
    var credentials = keys.find(url);
    IsolatedSystemReader.install();
    var clone = new DirectoryTree(scratch);
    try (var connections = connections(url, credentials, scratch)) {
      var failures = new GitFailures(url, credentials, hint, connections);
      var download = new GitDownload(url, revision, clone, form, connections, timeout, failures);
      var path = directory.map(GitTree::normalize).filter(normal -> !normal.isEmpty());
      try {
        var result =
            path.isPresent() && form == Form.BARE
                ? download.directoryOnly(path.get())
                : download.whole();
        return result.orElseThrow(() -> unknownRevision(url, revision));
      } catch (GitAPIException e) {
        throw failures.of(e);
      }
    } catch (RuntimeException | IOException e) {
      clone.delete();
      throw e;
    }
  }

  /** Returns the content of the pointers of a commit; empty if they remain pointers. */
  Optional<LfsObjects> lfsObjects(GitClone clone) throws IOException {
    if (!lfs) {
      return Optional.empty();
    }
    var scratch = clone.directory().path();
    var config = new CommitConfig(clone, ".lfsconfig").read();
    var configured = Optional.ofNullable(config.getString("lfs", null, "url"));
    var server = new LfsServer(clone.url(), configured, this, scratch.resolve("home"));
    return Optional.of(new LfsObjects(server, scratch.resolve("lfs-objects")));
  }

  private ServerConnections connections(
      GitUrl url, Optional<GitCredentials> credentials, Path scratch) {
    return ServerConnections.open(url, credentials, http, scratch.resolve("home"), timeout)
        .orElseThrow(() ->
            new BuildFailedException(
                Failure.of(
                    FailureReason.SourceUnauthorized,
                    url + " requires an SSH key: " + hint.sshAction())));
  }

  /** Returns a hint about a malformed revision. */
  private static String revisionHint(String revision) {
    if (!revision.strip().equals(revision)) {
      return "; the revision begins or ends with a space";
    }
    if (LONG_ID.matcher(revision).matches()) {
      return "; a commit ID has 40 digits, but the revision has " + revision.length();
    }
    if (SHORT_ID.matcher(revision).matches()) {
      return "; an abbreviated commit ID requires at least four digits";
    }
    return "";
  }

  private static BuildFailedException unknownRevision(GitUrl url, Optional<String> revision) {
    return new BuildFailedException(
        Failure.of(
            FailureReason.SourceNotFound,
            revision
                .map(name -> "no branch, tag or commit " + name + " in " + url + revisionHint(name))
                .orElse("the repository " + url + " is empty: it has no HEAD")));
  }
}
