package dev.stagewright.stage.mount;

import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.RunMount;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The build's secrets: files by id. */
final class Secrets {
  private final Path folder;

  Secrets(Path folder) {
    this.folder = folder;
  }

  /**
   * The value of a secret; empty where the build has none, and none is required.
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
          "secret \""
              + secret.id()
              + "\": not found: the build needs one of this id in spec.secrets");
    }
    return Optional.empty();
  }

  /**
   * A value as a variable holds it.
   *
   * @throws MountException if none can
   */
  static String text(RunMount.Secret secret, byte[] value) throws MountException {
    var text = new String(value, StandardCharsets.UTF_8);
    if (text.indexOf('\0') >= 0) {
      throw new MountException(
          FailureReason.RunFailed,
          "secret \""
              + secret.id()
              + "\" holds a zero byte, which no variable can: mount it as a"
              + " file");
    }
    return text;
  }
}
