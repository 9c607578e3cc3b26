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
  private static final CredentialHint HELP =
      new CredentialHint(
          "the credentials of spec.source.git.credentials",
          "name a kubernetes.io/basic-auth Secret in spec.source.git.credentials");
  private static final Set<String> SCHEMES = Set.of("http", "https");

  /**
   * Fetches the revision, with its submodules.
   *
   * @param keepDotGit whether {@code .git} comes too
   * @throws BuildFailedException if the repository or the revision does not exist, or the server
   *     refuses us or cannot be reached
   */
  public SourceTree fetch(boolean keepDotGit) throws IOException {
    var servers = new GitServers(GitKeys.only(server(), credentials), HELP, timeout);
    var form = keepDotGit ? GitServers.Form.DOT_GIT : GitServers.Form.BARE;
    var clone = servers.fetch(request.url(), request.revision(), scratch, form);
    var files = GitTree.open(clone, request.directory(), servers);
    return keepDotGit
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
      throw invalid("spec.source.git.url is no URL");
    }
  }

  private static BuildFailedException invalid(String message) {
    return new BuildFailedException(Failure.of(FailureReason.InvalidRequest, message));
  }
}
