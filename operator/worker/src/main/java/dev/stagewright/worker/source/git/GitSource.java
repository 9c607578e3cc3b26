package dev.stagewright.worker.source.git;

import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.SourceRequest;
import dev.stagewright.worker.source.SourceTree;
import dev.stagewright.worker.source.git.verify.SignatureCheck;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * A source in a git repository.
 *
 * @param request the requested source
 * @param mounts the credentials and certificates
 * @param scratch the directory of the bare repository; deleted when the tree is closed
 * @param timeout the timeout of connecting, and of each wait for data
 */
public record GitSource(
    SourceRequest.Git request, GitMounts mounts, Path scratch, Duration timeout) {
  private static final String FIELD = "spec.source.git.url";
  private static final CredentialHint HINT =
      new CredentialHint(
          "the credentials of spec.source.git.credentials",
          "name a kubernetes.io/basic-auth Secret in spec.source.git.credentials",
          "name a kubernetes.io/ssh-auth Secret, with ssh-privatekey and known_hosts, in"
              + " spec.source.git.credentials",
          "if the certificate of the server is not from a public authority, set spec.source.git.caBundle;"
              + " if the server requires a client certificate, set spec.source.git.clientCertificate");

  /**
   * Fetches the revision, with its submodules.
   *
   * @param keepGitDirectory whether to include {@code .git}
   * @throws BuildFailedException if the repository or the revision does not exist, the server
   *     rejects the request or cannot be reached, or a required signature is missing
   */
  public SourceTree fetch(boolean keepGitDirectory) throws IOException {
    var url = GitUrl.parse(FIELD, request.url());
    var keys = GitKeys.forServer(url, mounts.credentials(url));
    var servers = new GitServers(keys, mounts.http(url), HINT, timeout, request.usesLfs());
    var form = keepGitDirectory ? GitServers.Form.GIT_DIRECTORY : GitServers.Form.BARE;
    var signatures = signatures();
    var clone =
        servers.fetch(request.url(), request.revision(), request.directory(), scratch, form);
    var signer = verify(signatures, clone);
    var files = new SignedTree(GitTree.open(clone, request.directory(), servers), signer);
    return keepGitDirectory
        ? new SourceWithGitDirectory(files, GitDirectory.checkOut(clone, files.modified()))
        : files;
  }

  private Optional<SignatureCheck> signatures() throws IOException {
    return request.verify().isEmpty()
        ? Optional.empty()
        : Optional.of(
            new SignatureCheck(
                request.verify().get(), mounts.signingKeys(), InstantSource.system()));
  }

  /** Nothing of the commit is used before its signature is verified. */
  private static Optional<String> verify(Optional<SignatureCheck> check, GitClone clone)
      throws IOException {
    if (check.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          check
              .get()
              .verify(
                  clone.repository(),
                  clone.url().toString(),
                  clone.requested(),
                  clone.object(),
                  clone.commit(),
                  clone.directory().path()));
    } catch (IOException | RuntimeException e) {
      clone.close();
      throw e;
    }
  }
}
