package dev.stagewright.worker.remote;

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
 * The build secrets by which fetching authenticates itself, under the names that BuildKit gives
 * them.
 *
 * @param folder of files by id; may be missing
 */
record RemoteSecrets(Path folder) {
  private static final String GIT_TOKEN = "GIT_AUTH_TOKEN";

  /** GitHub's name for the owner of a token; other servers take any. */
  private static final String TOKEN_USER = "x-access-token";

  /** The {@code Authorization} header for a URL; empty to ask without. */
  Optional<String> authorization(URI url) {
    var host = url.getHost();
    return read("HTTP_AUTH_TOKEN_" + host)
        .map(token -> "Bearer " + token)
        .or(() -> read("HTTP_AUTH_HEADER_" + host));
  }

  /**
   * Credentials for a git server.
   *
   * @param anyHost whether a token that is not for one host may be used
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
    var file = folder.resolve(id);
    try {
      return Files.isRegularFile(file)
          ? Optional.of(Files.readString(file).strip())
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the secret " + id, e);
    }
  }
}
