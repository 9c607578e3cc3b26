package dev.stagewright.worker.source.git;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.apache.sshd.certificate.OpenSshCertificateBuilder;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.OpenSshCertificate;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyEncryptionContext;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.jspecify.annotations.Nullable;

/** Creates keys and certificates as ssh-keygen does. */
public final class SshKeys {
  private SshKeys() {}

  /** Creates an Ed25519 key. */
  public static KeyPair ed25519() throws Exception {
    return KeyUtils.generateKeyPair("ssh-ed25519", 256);
  }

  /** Creates a key of any type. */
  static KeyPair ofType(String type, int size) throws Exception {
    return KeyUtils.generateKeyPair(type, size);
  }

  /** The private key in the format of OpenSSH. */
  public static String openSsh(KeyPair key) throws Exception {
    return openSsh(key, null);
  }

  /** The private key in the format of OpenSSH, with a passphrase. */
  static String encrypted(KeyPair key) throws Exception {
    var encryption = new OpenSSHKeyEncryptionContext();
    encryption.setPassword("passphrase");
    encryption.setCipherType("256");
    return openSsh(key, encryption);
  }

  private static String openSsh(KeyPair key, @Nullable OpenSSHKeyEncryptionContext encryption)
      throws Exception {
    var out = new ByteArrayOutputStream();
    OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(key, "test", encryption, out);
    return out.toString(StandardCharsets.US_ASCII);
  }

  /** The private key as PKCS #8 in PEM. */
  static String pkcs8(KeyPair key) {
    return "-----BEGIN PRIVATE KEY-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getPrivate().getEncoded())
        + "\n-----END PRIVATE KEY-----\n";
  }

  /** A certificate for the user git until a time. */
  static OpenSshCertificate user(KeyPair key, KeyPair authority, Instant end) throws Exception {
    return OpenSshCertificateBuilder.userCertificate()
        .publicKey(key.getPublic())
        .id("test")
        .principals(List.of("git"))
        .validAfter(Instant.EPOCH)
        .validBefore(end)
        .sign(authority);
  }

  /** A certificate for a host until a time. */
  static OpenSshCertificate host(KeyPair key, KeyPair authority, String host, Instant end)
      throws Exception {
    return OpenSshCertificateBuilder.hostCertificate()
        .publicKey(key.getPublic())
        .id("test")
        .principals(List.of(host))
        .validAfter(Instant.EPOCH)
        .validBefore(end)
        .sign(authority);
  }
}
