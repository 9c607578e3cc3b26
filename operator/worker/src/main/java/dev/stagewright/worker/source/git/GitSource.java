package dev.stagewright.worker.source.git;

import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.BuildRequest;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.worker.FolderTree;
import dev.stagewright.worker.source.SourceTree;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.transport.URIish;

/**
 * A source in git.
 *
 * @param request what to fetch
 * @param credentials for the server; empty to ask without
 * @param scratch folder for the bare repository; removed when the tree is closed
 * @param timeout of connecting, and of each wait for the server's next bytes
 */
public record GitSource(
    BuildRequest.Source.Git request,
    Optional<GitCredentials> credentials,
    Path scratch,
    Duration timeout) {
  private static final Set<String> SCHEMES = Set.of("http", "https");

  /**
   * Fetches the revision: its commit alone where the server hands that out, else all branches and
   * tags.
   *
   * @throws BuildFailedException if the repository or the revision does not exist, or the server
   *     refuses us or cannot be reached
   */
  public SourceTree fetch() throws IOException {
    var url = checkedUrl();
    var failures = new GitFailures(url, credentials.isPresent());
    HermeticReader.install();
    var folder = new FolderTree(scratch);
    folder.createEmpty();
    try {
      var git = Git.init().setBare(true).setDirectory(scratch.toFile()).call();
      // A repository that lives for a minute needs no housekeeping, least of all in the background.
      var config = git.getRepository().getConfig();
      config.setInt("gc", null, "auto", 0);
      config.setBoolean("gc", null, "autoDetach", false);
      config.save();
      var commit =
          new GitFetch(git, request.url(), credentials, timeout, failures)
              .fetch(request.revision())
              .orElseThrow(() -> unknownRevision(url));
      return GitTree.open(url, git.getRepository(), folder, commit, request.directory())
          .orElseThrow(() -> unknownDirectory(url));
    } catch (GitAPIException e) {
      folder.delete();
      throw failures.of(e);
    } catch (RuntimeException | IOException e) {
      folder.delete();
      throw e;
    }
  }

  /** The URL without credentials, for messages. */
  private String checkedUrl() {
    try {
      var url = new URIish(request.url());
      if (!SCHEMES.contains(String.valueOf(url.getScheme()))) {
        throw invalid("spec.source.git.url " + url + ": only http and https are supported");
      }
      return url.toString();
    } catch (URISyntaxException _) {
      throw invalid("spec.source.git.url is no URL");
    }
  }

  private static BuildFailedException invalid(String message) {
    return new BuildFailedException(Failure.of(FailureReason.InvalidRequest, message));
  }

  private BuildFailedException unknownRevision(String url) {
    return notFound(
        request
            .revision()
            .map(revision -> "no branch, tag or commit " + revision + " in " + url)
            .orElse("the repository " + url + " is empty: it has no HEAD"));
  }

  private BuildFailedException unknownDirectory(String url) {
    return notFound(
        "no folder "
            + request.directory().orElse("")
            + " in "
            + url
            + request.revision().map(revision -> " at " + revision).orElse(""));
  }

  private static BuildFailedException notFound(String message) {
    return new BuildFailedException(Failure.of(FailureReason.SourceNotFound, message));
  }
}
