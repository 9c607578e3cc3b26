package dev.stagewright.kubectl.cache;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A credential helper of Docker: the program {@code docker-credential-NAME}.
 *
 * @param name name in the Docker config
 */
record CredentialHelper(String name) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int SECONDS = 30;

  /** The user name and the password of an account. */
  record Login(String user, String secret) {}

  /**
   * Asks for the account of a registry.
   *
   * @param server key of the Docker config
   * @return empty if the helper has none
   * @throws CacheException if the helper cannot be run
   */
  Optional<Login> get(String server) throws CacheException, InterruptedException {
    var program = "docker-credential-" + name;
    try {
      var process =
          new ProcessBuilder(program, "get").redirectError(ProcessBuilder.Redirect.DISCARD).start();
      try (var in = process.getOutputStream()) {
        in.write(server.getBytes(StandardCharsets.UTF_8));
      }
      var answer = process.getInputStream().readAllBytes();
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new CacheException(program + " does not answer");
      }
      return process.exitValue() == 0 ? login(answer) : Optional.empty();
    } catch (IOException e) {
      throw new CacheException(
          "cannot run " + program + ", which the Docker config names for " + server, e);
    }
  }

  private static Optional<Login> login(byte[] answer) throws IOException {
    var json = JSON.readTree(answer);
    var user = json.path("Username").asText();
    var secret = json.path("Secret").asText();
    return user.isEmpty() || secret.isEmpty()
        ? Optional.empty()
        : Optional.of(new Login(user, secret));
  }
}
