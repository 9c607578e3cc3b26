package dev.stagewright.stage.ssh;

import java.nio.BufferUnderflowException;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads private keys in the format of OpenSSH, and RSA keys in PEM. */
public final class KeyFile {
  private static final Pattern ARMOR =
      Pattern.compile(
          "-----BEGIN ([A-Z0-9 ]*PRIVATE KEY)-----(.*?)-----END \\1-----", Pattern.DOTALL);
  private static final String CONVERT =
      "; convert it with ssh-keygen -p -f <key> and an empty passphrase";

  private KeyFile() {}

  /**
   * The key in a file; empty if the file is not a private key.
   *
   * @param text content of the file, with bytes as chars
   * @param name name of the key if the file does not contain one
   * @throws KeyException if the private key cannot be used
   */
  public static Optional<SshKey> parse(String text, String name) throws KeyException {
    var armor = ARMOR.matcher(text);
    if (!armor.find()) {
      if (text.contains("PRIVATE KEY-----")) {
        throw new KeyException("it is truncated");
      }
      return Optional.empty();
    }
    var type = armor.group(1);
    var body = armor.group(2);
    if (type.startsWith("ENCRYPTED") || body.contains("ENCRYPTED")) {
      throw new KeyException("it is encrypted" + CONVERT);
    }
    try {
      var bytes = Base64.getMimeDecoder().decode(body);
      return Optional.of(
          switch (type) {
            case "OPENSSH PRIVATE KEY" -> OpenSshKey.parse(bytes, name);
            case "RSA PRIVATE KEY" -> RsaKey.parse(bytes, name);
            case "PRIVATE KEY" -> RsaKey.parseWrapped(bytes, name);
            default -> throw new KeyException("its type, " + type + ", is not supported" + CONVERT);
          });
    } catch (GeneralSecurityException | IllegalArgumentException | BufferUnderflowException _) {
      throw new KeyException("it is corrupt, or its type is not supported" + CONVERT);
    }
  }
}
