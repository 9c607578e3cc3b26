package dev.stagewright.worker.source.git;

import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.worker.DirectoryTree;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.URIish;

/**
 * Fetches commits from git servers.
 *
 * @param keys the credentials for the servers
 * @param hint the hint about credentials
 * @param timeout the timeout of connecting, and of each wait for data
 */
public record GitServers(GitKeys keys, CredentialHint hint, Duration timeout) {
  private static final Set<String> SCHEMES = Set.of("http", "https");
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
   * @param address an http or https address
   * @param revision a branch, tag or commit; empty for the remote's HEAD
   * @param scratch the directory of the clone, emptied first
   * @throws BuildFailedException if the repository or the revision does not exist, or the server
   *     rejects the request or cannot be reached
   */
  GitClone fetch(String address, Optional<String> revision, Path scratch, Form form)
      throws IOException {
    var server = server(address);
    var url = server.setUser(null).setPass(null).toString();
    var credentials = keys.find(server);
    var failures = new GitFailures(url, credentials.isPresent(), hint);
    IsolatedSystemReader.install();
    var directory = new DirectoryTree(scratch);
    directory.createEmpty();
    try {
      var git = Git.init().setBare(form == Form.BARE).setDirectory(scratch.toFile()).call();
      disableGarbageCollection(git.getRepository());
      var fetched =
          new GitFetch(git, address, credentials, timeout, failures)
              .fetch(revision)
              .orElseThrow(() -> unknownRevision(url, revision));
      return new GitClone(
          address, url, revision, git.getRepository(), directory, fetched.commit(), fetched.ref());
    } catch (GitAPIException e) {
      directory.delete();
      throw failures.of(e);
    } catch (RuntimeException | IOException e) {
      directory.delete();
      throw e;
    }
  }

  private static URIish server(String address) {
    try {
      var url = new URIish(address);
      if (!SCHEMES.contains(String.valueOf(url.getScheme()))) {
        throw invalid(url + ": only git repositories over http and https are supported");
      }
      return url;
    } catch (URISyntaxException _) {
      throw invalid("the address of a git repository is not a valid URL");
    }
  }

  private static BuildFailedException invalid(String message) {
    return new BuildFailedException(Failure.of(FailureReason.InvalidRequest, message));
  }

  /** Disables garbage collection, which a short-lived repository does not need. */
  private static void disableGarbageCollection(Repository repository) throws IOException {
    var config = repository.getConfig();
    config.setInt("gc", null, "auto", 0);
    config.setBoolean("gc", null, "autoDetach", false);
    config.save();
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

  private static BuildFailedException unknownRevision(String url, Optional<String> revision) {
    return new BuildFailedException(
        Failure.of(
            FailureReason.SourceNotFound,
            revision
                .map(name -> "no branch, tag or commit " + name + " in " + url + revisionHint(name))
                .orElse("the repository " + url + " is empty: it has no HEAD")));
  }
}
