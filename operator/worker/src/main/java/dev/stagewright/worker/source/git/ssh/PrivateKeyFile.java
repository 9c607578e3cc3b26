package dev.stagewright.worker.source.git.ssh;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.OpenSshCertificate;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;
import org.apache.sshd.common.util.security.SecurityUtils;

/** Reads private keys in the formats of OpenSSH and PEM, and certificates of users. */
final class PrivateKeyFile {
  private static final FilePasswordProvider NO_PASSPHRASE =
      (_, _, _) -> {
        throw new EncryptedKeyException();
      };

  private PrivateKeyFile() {}

  /** The key has a passphrase. */
  private static final class EncryptedKeyException extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /**
   * Parses a private key.
   *
   * @throws IllegalArgumentException if the text is not a private key, or the key has a passphrase;
   *     the message follows the name of the file
   */
  static KeyPair parse(String text) {
    try {
      var bytes = (text.strip() + "\n").getBytes(StandardCharsets.UTF_8);
      var keys =
          Optional.ofNullable(
              SecurityUtils.loadKeyPairIdentities(
                  null,
                  NamedResource.ofName("key"),
                  new ByteArrayInputStream(bytes),
                  NO_PASSPHRASE));
      return keys.stream()
          .flatMap(pairs -> StreamSupport.stream(pairs.spliterator(), false))
          .findFirst()
          .orElseThrow(() -> new IllegalArgumentException(notAKey(text)));
    } catch (EncryptedKeyException _) {
      throw new IllegalArgumentException(
          "has a passphrase, which cannot be entered in a build; remove it with `ssh-keygen -p -N ''"
              + " -f <file>`, or create a key without a passphrase");
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      throw new IllegalArgumentException(notAKey(text), e);
    }
  }

  private static String notAKey(String text) {
    if (text.contains("ENCRYPTED")) {
      return "has a passphrase, which cannot be entered in a build; remove it with `ssh-keygen -p -N ''"
          + " -f <file>`, or create a key without a passphrase";
    }
    return text.startsWith("ssh-") || text.startsWith("ecdsa-")
        ? "is a public key; the private key is required"
        : "is not a private key in the format of OpenSSH or PEM, or its type is not supported (Ed25519, ECDSA"
            + " and RSA are)";
  }

  /**
   * Parses the certificate of a private key.
   *
   * @throws IllegalArgumentException if the text is not a certificate of this key; the message
   *     follows the name of the file
   */
  static OpenSshCertificate certificate(String text, KeyPair key) {
    try {
      var entry = PublicKeyEntry.parsePublicKeyEntry(text.strip());
      var parsed = entry.resolvePublicKey(null, null, PublicKeyEntryResolver.FAILING);
      if (!(parsed instanceof OpenSshCertificate certificate)) {
        throw new IllegalArgumentException(
            "is a public key without a signature, not a certificate");
      }
      if (certificate.getType() != OpenSshCertificate.Type.USER) {
        throw new IllegalArgumentException("is the certificate of a host, not of a user");
      }
      if (!KeyUtils.compareKeys(certificate.getCertPubKey(), key.getPublic())) {
        throw new IllegalArgumentException("is the certificate of another key");
      }
      return certificate;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalArgumentException("is not an OpenSSH certificate", e);
    }
  }
}
