package dev.stagewright.stage.ssh;

import java.nio.BufferUnderflowException;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads files of private keys: OpenSSH's own format, and PEM for RSA. */
public final class KeyFile {
  private static final Pattern ARMOR =
      Pattern.compile(
          "-----BEGIN ([A-Z0-9 ]*PRIVATE KEY)-----(.*?)-----END \\1-----", Pattern.DOTALL);
  private static final String CONVERT =
      "; ssh-keygen -p -f <key> with an empty passphrase writes one that can be used";

  private KeyFile() {}

  /**
   * The key that a file holds; empty where it is no private key at all.
   *
   * @param text the file's, bytes as chars
   * @param name what to call the key where the file does not say
   * @throws KeyException if it is a private key that cannot be used
   */
  public static Optional<SshKey> parse(String text, String name) throws KeyException {
    var armor = ARMOR.matcher(text);
    if (!armor.find()) {
      if (text.contains("PRIVATE KEY-----")) {
        throw new KeyException("it is cut short");
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
            default -> throw new KeyException("its kind, " + type + ", is not supported" + CONVERT);
          });
    } catch (GeneralSecurityException | IllegalArgumentException | BufferUnderflowException _) {
      throw new KeyException("it is damaged, or of a kind that is not supported" + CONVERT);
    }
  }
}
