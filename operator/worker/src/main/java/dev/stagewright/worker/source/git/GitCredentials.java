package dev.stagewright.worker.source.git;

import dev.stagewright.protocol.BuildFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.UsernamePasswordCredentialsProvider;

/**
 * Name and password (or token) for a git server.
 *
 * @param username may be empty where a token alone is enough
 * @param password never shown
 */
public record GitCredentials(String username, String password) {

  /**
   * Reads a mounted Secret: {@code username} and {@code password}, or a {@code password} or {@code
   * token} alone.
   *
   * @param folder with a folder of the Secret's name
   * @return empty where no Secret is mounted
   * @throws BuildFailedException if the Secret is of no use; it names it, its keys, and what to do
   */
  public static Optional<GitCredentials> read(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return Optional.empty();
    }
    try (var secrets = Files.list(folder)) {
      var secret = secrets.filter(Files::isDirectory).findFirst();
      return secret.isEmpty() ? Optional.empty() : Optional.of(new GitSecret(secret.get()).read());
    }
  }

  CredentialsProvider provider() {
    return new UsernamePasswordCredentialsProvider(username, password);
  }

  @Override
  public String toString() {
    return "GitCredentials[" + username + "]";
  }
}
