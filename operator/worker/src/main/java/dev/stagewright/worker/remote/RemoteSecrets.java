package dev.stagewright.worker.remote;

import dev.stagewright.worker.download.DownloadAccess;
import dev.stagewright.worker.source.git.GitCredentials;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jgit.transport.URIish;

/**
 * The build secrets for authentication at remote sources. They have the names that BuildKit uses.
 *
 * @param directory the directory of the secrets, by ID; may be missing
 */
record RemoteSecrets(Path directory) implements DownloadAccess {
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
   */
  Optional<GitCredentials> git(URIish server, boolean anyHost) {
    var host = server.getHost();
    var names =
        Stream.concat(
            Stream.of(GIT_TOKEN + "." + host + ":" + server.getPort(), GIT_TOKEN + "." + host),
            anyHost ? Stream.of(GIT_TOKEN) : Stream.empty());
    return names
        .flatMap(name -> read(name).stream())
        .findFirst()
        .map(token -> new GitCredentials(TOKEN_USER, token));
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
