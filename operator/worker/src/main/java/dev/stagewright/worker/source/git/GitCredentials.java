package dev.stagewright.worker.source.git;

import dev.stagewright.protocol.BuildFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.UsernamePasswordCredentialsProvider;

/**
 * User name and password or token for a git server.
 *
 * @param username may be empty if a token is sufficient
 * @param password the password or token, never shown
 */
public record GitCredentials(String username, String password) {

  /**
   * Reads a mounted Secret: {@code username} and {@code password}, or {@code password} or {@code
   * token} alone.
   *
   * @param directory the directory that contains a directory with the Secret's name
   * @return empty if no Secret is mounted
   * @throws BuildFailedException if the Secret is unusable; the message names the Secret, its keys,
   *     and what to do
   */
  public static Optional<GitCredentials> read(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return Optional.empty();
    }
    try (var secrets = Files.list(directory)) {
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
