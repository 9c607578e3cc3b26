package dev.stagewright.registry.auth;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A Secret with credentials of registries, mounted as a folder.
 *
 * @param name what messages call it, for example {@code Secret pull}
 * @param folder its files; may be missing or empty
 * @param host the registry that a user and a password without one are for; empty for none
 */
public record CredentialDirectory(String name, Path folder, Optional<String> host) {
  /** Keys of Docker configs, of which the first counts that is there. */
  private static final List<String> DOCKER_CONFIGS =
      List.of(".dockerconfigjson", "config.json", ".dockercfg");

  private static final String USER = "username";
  private static final String PASSWORD = "password";
  private static final String HELP = "make one with \"kubectl create secret docker-registry\"";

  /**
   * What it holds; none where there is no such Secret.
   *
   * @throws MalformedCredentialsException if it holds nothing of use; it names Secret and key
   */
  public Credentials read() throws IOException {
    for (var key : DOCKER_CONFIGS) {
      var file = folder.resolve(key);
      if (Files.isRegularFile(file)) {
        return Credentials.parse(name + ", key " + key, Files.readAllBytes(file));
      }
    }
    var keys = keys();
    if (keys.isEmpty()) {
      return Credentials.none();
    }
    if (keys.contains(PASSWORD) && keys.contains(USER)) {
      return password();
    }
    throw new MalformedCredentialsException(
        name,
        "it has none of the keys %s%s, but %s; %s"
            .formatted(
                String.join(", ", DOCKER_CONFIGS),
                host.isPresent() ? ", and not username with password" : "",
                String.join(", ", keys),
                HELP));
  }

  /** The same, where a Secret that holds nothing of use matters only to what is refused. */
  public Credentials readIfUsable() throws IOException {
    try {
      return read();
    } catch (MalformedCredentialsException e) {
      return Credentials.unusable(String.valueOf(e.getMessage()));
    }
  }

  private Credentials password() throws IOException {
    if (host.isEmpty()) {
      throw new MalformedCredentialsException(
          name, "its username and password are for no registry in particular; " + HELP);
    }
    var user = text(USER);
    var password = text(PASSWORD);
    if (user.isEmpty() || password.isEmpty()) {
      throw new MalformedCredentialsException(
          name, "key " + (user.isEmpty() ? USER : PASSWORD) + " is empty");
    }
    return Credentials.of(
        name + ", keys username and password", host.get(), new Credential.Password(user, password));
  }

  /** Editors and shells end files with a line break, which no name and no password has. */
  private String text(String key) throws IOException {
    return Files.readString(folder.resolve(key)).strip();
  }

  /** Without the links and folders that the kubelet makes beside the keys. */
  private List<String> keys() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (var files = Files.list(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> file.getFileName().toString())
          .sorted()
          .collect(Collectors.toUnmodifiableList());
    }
  }
}
