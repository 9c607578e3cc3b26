package dev.stagewright.worker.source.git;

import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.BuildRequest;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.worker.source.SourceTree;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.transport.URIish;

/**
 * A source in a git repository.
 *
 * @param request the requested source
 * @param credentials the credentials for the server; empty for anonymous access
 * @param scratch the directory of the bare repository; deleted when the tree is closed
 * @param timeout the timeout of connecting, and of each wait for data
 */
public record GitSource(
    BuildRequest.Source.Git request,
    Optional<GitCredentials> credentials,
    Path scratch,
    Duration timeout) {
  private static final CredentialHint HINT =
      new CredentialHint(
          "the credentials of spec.source.git.credentials",
          "name a kubernetes.io/basic-auth Secret in spec.source.git.credentials");
  private static final Set<String> SCHEMES = Set.of("http", "https");

  /**
   * Fetches the revision, with its submodules.
   *
   * @param keepGitDirectory whether to include {@code .git}
   * @throws BuildFailedException if the repository or the revision does not exist, or the server
   *     rejects the request or cannot be reached
   */
  public SourceTree fetch(boolean keepGitDirectory) throws IOException {
    var servers = new GitServers(GitKeys.forServer(server(), credentials), HINT, timeout);
    var form = keepGitDirectory ? GitServers.Form.GIT_DIRECTORY : GitServers.Form.BARE;
    var clone = servers.fetch(request.url(), request.revision(), scratch, form);
    var files = GitTree.open(clone, request.directory(), servers);
    return keepGitDirectory
        ? new SourceWithGitDirectory(files, GitDirectory.checkOut(clone, files.modified()))
        : files;
  }

  private URIish server() {
    try {
      var url = new URIish(request.url());
      if (!SCHEMES.contains(String.valueOf(url.getScheme()))) {
        throw invalid("spec.source.git.url " + url + ": only http and https are supported");
      }
      return url;
    } catch (URISyntaxException _) {
      throw invalid("spec.source.git.url is not a valid URL");
    }
  }

  private static BuildFailedException invalid(String message) {
    return new BuildFailedException(Failure.of(FailureReason.InvalidRequest, message));
  }
}
