package dev.stagewright.stage.mount;

import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.RunMount;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The secrets of the build: files by id. */
final class Secrets {
  private final Path folder;

  Secrets(Path folder) {
    this.folder = folder;
  }

  /**
   * The value of a secret; empty if the build does not have it and it is not required.
   *
   * @throws MountException if a required one is missing
   */
  Optional<byte[]> find(RunMount.Secret secret) throws IOException, MountException {
    var file = folder.resolve(secret.id()).normalize();
    if (file.startsWith(folder) && Files.isRegularFile(file)) {
      return Optional.of(Files.readAllBytes(file));
    }
    if (secret.required()) {
      throw new MountException(
          FailureReason.SecretNotFound,
          "secret \"" + secret.id() + "\": not found: add a secret with this id to spec.secrets");
    }
    return Optional.empty();
  }

  /**
   * The value of a secret for an environment variable.
   *
   * @throws MountException if a variable cannot contain the value
   */
  static String text(RunMount.Secret secret, byte[] value) throws MountException {
    var text = new String(value, StandardCharsets.UTF_8);
    if (text.indexOf('\0') >= 0) {
      throw new MountException(
          FailureReason.RunFailed,
          "secret \""
              + secret.id()
              + "\" contains a null byte, which is not possible in a variable: mount the secret as a file");
    }
    return text;
  }
}
