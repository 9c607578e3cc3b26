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
 * @param keys credentials for them
 * @param help what to tell users whose credentials do not do
 * @param timeout of connecting, and of each wait for a server's next bytes
 */
public record GitServers(GitKeys keys, CredentialHint help, Duration timeout) {
  private static final Set<String> SCHEMES = Set.of("http", "https");
  private static final Pattern LONG_ID = Pattern.compile("[0-9a-fA-F]{41,}");
  private static final Pattern SHORT_ID = Pattern.compile("[0-9a-fA-F]{1,3}");

  /** What a repository is brought here for. */
  enum Form {
    /** To read its objects. */
    BARE,
    /** To be handed on as the {@code .git} of a working tree. */
    DOT_GIT
  }

  /**
   * Fetches a revision: its commit alone where the server hands that out, else all branches and
   * tags.
   *
   * @param address http or https
   * @param revision branch, tag or commit; empty means the remote's HEAD
   * @param scratch folder for the repository, emptied first
   * @throws BuildFailedException if the repository or the revision does not exist, or the server
   *     refuses us or cannot be reached
   */
  GitClone fetch(String address, Optional<String> revision, Path scratch, Form form)
      throws IOException {
    var server = server(address);
    var url = server.setUser(null).setPass(null).toString();
    var credentials = keys.to(server);
    var failures = new GitFailures(url, credentials.isPresent(), help);
    IsolatedSystemReader.install();
    var folder = new DirectoryTree(scratch);
    folder.createEmpty();
    try {
      var git = Git.init().setBare(form == Form.BARE).setDirectory(scratch.toFile()).call();
      forbidHousekeeping(git.getRepository());
      var fetched =
          new GitFetch(git, address, credentials, timeout, failures)
              .fetch(revision)
              .orElseThrow(() -> unknownRevision(url, revision));
      return new GitClone(
          address, url, revision, git.getRepository(), folder, fetched.commit(), fetched.ref());
    } catch (GitAPIException e) {
      folder.delete();
      throw failures.of(e);
    } catch (RuntimeException | IOException e) {
      folder.delete();
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
      throw invalid("the address of a git repository is no URL");
    }
  }

  private static BuildFailedException invalid(String message) {
    return new BuildFailedException(Failure.of(FailureReason.InvalidRequest, message));
  }

  /** A repository that lives for a minute needs none, least of all in the background. */
  private static void forbidHousekeeping(Repository repository) throws IOException {
    var config = repository.getConfig();
    config.setInt("gc", null, "auto", 0);
    config.setBoolean("gc", null, "autoDetach", false);
    config.save();
  }

  /** What else a revision of this form may be taken for. */
  private static String hint(String revision) {
    if (!revision.strip().equals(revision)) {
      return "; the revision begins or ends with a blank";
    }
    if (LONG_ID.matcher(revision).matches()) {
      return "; the id of a commit has 40 digits, and this has " + revision.length();
    }
    if (SHORT_ID.matcher(revision).matches()) {
      return "; the first digits of a commit's id must be at least four";
    }
    return "";
  }

  private static BuildFailedException unknownRevision(String url, Optional<String> revision) {
    return new BuildFailedException(
        Failure.of(
            FailureReason.SourceNotFound,
            revision
                .map(wanted -> "no branch, tag or commit " + wanted + " in " + url + hint(wanted))
                .orElse("the repository " + url + " is empty: it has no HEAD")));
  }
}
