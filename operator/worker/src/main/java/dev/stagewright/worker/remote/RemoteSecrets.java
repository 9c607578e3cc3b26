package dev.stagewright.worker.remote;

import dev.stagewright.protocol.FailureReason;
import dev.stagewright.worker.download.DownloadAccess;
import dev.stagewright.worker.source.git.GitCredentials;
import dev.stagewright.worker.source.git.GitUrl;
import dev.stagewright.worker.source.git.ssh.SshIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The build secrets for authentication at remote sources. They have the names that BuildKit uses.
 *
 * @param directory the directory of the secrets, by ID; may be missing
 * @param ssh the directory of the SSH keys, by ID; may be missing
 */
public record RemoteSecrets(Path directory, Path ssh) implements DownloadAccess {
  /** The ID of the SSH keys that ADD uses. */
  static final String SSH_ID = "default";

  private static final String GIT_TOKEN = "GIT_AUTH_TOKEN";

  /** The user name that GitHub requires for tokens; other servers accept any. */
  private static final String TOKEN_USER = "x-access-token";

  @Override
  public Optional<String> authorization(URI url) {
    var host = url.getHost();
    return read("HTTP_AUTH_TOKEN_" + host)
        .map(token -> "Bearer " + token)
        .or(() -> read("HTTP_AUTH_HEADER_" + host));
  }

  @Override
  public String deniedHint(URI url) {
    return "; if the server requires a token, provide it as the build secret HTTP_AUTH_TOKEN_"
        + url.getHost();
  }

  /**
   * Returns the credentials for a git server.
   *
   * @param anyHost whether a token without a host may be used
   * @throws RemoteException if an SSH key is malformed
   */
  Optional<GitCredentials> git(GitUrl server, boolean anyHost) throws RemoteException {
    return server.isSsh() ? sshKey() : token(server, anyHost);
  }

  private Optional<GitCredentials> sshKey() throws RemoteException {
    var values = sshFiles();
    if (values.isEmpty()) {
      return Optional.empty();
    }
    var source = "the Secret of spec.ssh with the id " + SSH_ID;
    try {
      return Optional.of(new GitCredentials.SshKey(SshIdentity.parse(source, values)));
    } catch (IllegalArgumentException e) {
      throw new RemoteException(FailureReason.RemoteNotFound, source + ": " + e.getMessage(), e);
    }
  }

  private Map<String, String> sshFiles() {
    var values = new HashMap<String, String>();
    var folder = ssh.resolve(SSH_ID);
    if (Files.isDirectory(folder)) {
      try (var files = Files.list(folder)) {
        for (var file : files.filter(Files::isRegularFile).toList()) {
          var name = String.valueOf(file.getFileName());
          values.put(name, new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
        }
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read the SSH keys " + SSH_ID, e);
      }
    }
    return values;
  }

  private Optional<GitCredentials> token(GitUrl server, boolean anyHost) {
    var host = server.parsed().getHost();
    var names =
        Stream.concat(
            Stream.of(
                GIT_TOKEN + "." + host + ":" + server.parsed().getPort(), GIT_TOKEN + "." + host),
            anyHost ? Stream.of(GIT_TOKEN) : Stream.empty());
    return names
        .flatMap(name -> read(name).stream())
        .findFirst()
        .map(token -> new GitCredentials.Login(TOKEN_USER, token));
  }

  private Optional<String> read(String id) {
    var file = directory.resolve(id);
    try {
      return Files.isRegularFile(file)
          ? Optional.of(Files.readString(file).strip())
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the secret " + id, e);
    }
  }
}
