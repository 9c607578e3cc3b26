package dev.stagewright.worker.source.git;

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
   * Reads a mounted {@code kubernetes.io/basic-auth} Secret.
   *
   * @return empty where no Secret is mounted
   */
  public static Optional<GitCredentials> read(Path folder) throws IOException {
    var password = folder.resolve("password");
    if (!Files.isRegularFile(password)) {
      return Optional.empty();
    }
    var username = folder.resolve("username");
    return Optional.of(
        new GitCredentials(
            Files.isRegularFile(username) ? Files.readString(username).strip() : "",
            Files.readString(password).strip()));
  }

  CredentialsProvider provider() {
    return new UsernamePasswordCredentialsProvider(username, password);
  }

  @Override
  public String toString() {
    return "GitCredentials[" + username + "]";
  }
}
