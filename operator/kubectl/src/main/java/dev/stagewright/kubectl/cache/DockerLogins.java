package dev.stagewright.kubectl.cache;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stagewright.kubectl.cache.CredentialHelper.Login;
import dev.stagewright.registry.auth.Credentials;
import dev.stagewright.registry.auth.MalformedCredentialsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The accounts of the user on this machine: those of {@code docker login}, with credential helpers.
 *
 * @param config the Docker config; may be missing
 */
public record DockerLogins(Path config) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String DOCKER_HUB = "docker.io";
  private static final String DOCKER_HUB_KEY = "https://index.docker.io/v1/";

  /** The Docker config of an environment. */
  public static DockerLogins of(Map<String, String> environment, Path home) {
    var folder =
        Optional.ofNullable(environment.get("DOCKER_CONFIG"))
            .filter(path -> !path.isEmpty())
            .map(Path::of)
            .orElse(home.resolve(".docker"));
    return new DockerLogins(folder.resolve("config.json"));
  }

  /**
   * The accounts for a registry.
   *
   * @throws CacheException if the file is malformed, or a credential helper cannot be run
   */
  public Credentials read(String registry) throws CacheException, InterruptedException {
    if (!Files.isRegularFile(config)) {
      return Credentials.none();
    }
    try {
      var bytes = Files.readAllBytes(config);
      var key = registry.equals(DOCKER_HUB) ? DOCKER_HUB_KEY : registry;
      var login = helper(JSON.readTree(bytes), key);
      var file = Credentials.parse(config.toString(), bytes);
      var stored = login.isPresent() ? login.get().get(key) : Optional.<Login>empty();
      return stored.isPresent() ? credentials(key, stored.get()).before(file) : file;
    } catch (IOException e) {
      throw new CacheException("cannot read " + config + ": " + e.getMessage(), e);
    }
  }

  private static Optional<CredentialHelper> helper(JsonNode json, String key) {
    return List.of(json.path("credHelpers").path(key), json.path("credsStore")).stream()
        .map(JsonNode::asText)
        .filter(name -> !name.isEmpty())
        .findFirst()
        .map(CredentialHelper::new);
  }

  private static Credentials credentials(String key, Login login)
      throws IOException, MalformedCredentialsException {
    var entry = Map.of("username", login.user(), "password", login.secret());
    return Credentials.parse(
        "credential helper", JSON.writeValueAsBytes(Map.of("auths", Map.of(key, entry))));
  }
}
