package dev.stagewright.registry.auth;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A Secret with registry credentials, mounted as a directory.
 *
 * @param name the name in messages, for example {@code Secret pull}
 * @param directory the mounted files; may be missing or empty
 * @param host the registry for a {@code username} and {@code password}; empty for none
 */
public record CredentialDirectory(String name, Path directory, Optional<String> host) {
  /** The keys of Docker configs; the first that exists is used. */
  private static final List<String> DOCKER_CONFIGS =
      List.of(".dockerconfigjson", "config.json", ".dockercfg");

  private static final String USER = "username";
  private static final String PASSWORD = "password";
  private static final String HELP = "create one with \"kubectl create secret docker-registry\"";

  /**
   * Reads the credentials; none if the Secret does not exist.
   *
   * @throws MalformedCredentialsException if the Secret has no usable credentials; the message
   *     names Secret and key
   */
  public Credentials read() throws IOException {
    for (var key : DOCKER_CONFIGS) {
      var file = directory.resolve(key);
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
        "the Secret has none of the keys %s%s, only %s; %s"
            .formatted(
                String.join(", ", DOCKER_CONFIGS),
                host.isPresent() ? " or username with password" : "",
                String.join(", ", keys),
                HELP));
  }

  /** Reads the credentials; an unusable Secret results in a note for later error messages. */
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
          name, "the Secret has a username and a password without a registry; " + HELP);
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

  /** Editors and shells append a line break, which no name and no password contains. */
  private String text(String key) throws IOException {
    return Files.readString(directory.resolve(key)).strip();
  }

  /** Returns the keys, without the links and directories that the kubelet creates. */
  private List<String> keys() throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (var files = Files.list(directory)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> file.getFileName().toString())
          .sorted()
          .collect(Collectors.toUnmodifiableList());
    }
  }
}
