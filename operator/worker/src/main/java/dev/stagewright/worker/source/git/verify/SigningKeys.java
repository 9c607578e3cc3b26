package dev.stagewright.worker.source.git.verify;

import dev.stagewright.worker.source.git.MountedSecret;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.bouncycastle.openpgp.api.OpenPGPCertificate;
import org.bouncycastle.openpgp.api.bc.BcOpenPGPApi;

/**
 * The keys of those who may sign.
 *
 * @param source where the keys come from, for messages, for example {@code Secret team-keys}
 * @param allowedSigners the SSH keys, as an {@code allowed_signers} file of OpenSSH
 * @param revokedKeys revoked SSH keys: a key revocation list of OpenSSH, or lines of public keys
 * @param certificates the OpenPGP keys
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record SigningKeys(
    String source,
    String allowedSigners,
    Optional<byte[]> revokedKeys,
    List<OpenPGPCertificate> certificates) {
  private static final String ALLOWED_SIGNERS = "allowed_signers";
  private static final String REVOKED_KEYS = "revoked_keys";
  private static final String PGP_ARMOR = "-----BEGIN PGP PUBLIC KEY BLOCK-----";
  private static final Pattern SSH_KEY =
      Pattern.compile("(?:ssh|ecdsa|sk-ssh|sk-ecdsa)-\\S+ [A-Za-z0-9+/=]+.*");

  public SigningKeys {
    certificates = List.copyOf(certificates);
  }

  /**
   * Parses the values of a Secret: {@code allowed_signers}, {@code revoked_keys}, SSH public keys,
   * whose owner is the comment of the key, and OpenPGP public keys, armored or binary.
   *
   * @throws IllegalArgumentException if a value is none of these, or there is no key; the message
   *     names the key of the Secret
   */
  public static SigningKeys parse(MountedSecret secret) throws IOException {
    var lines = new ArrayList<String>();
    var certificates = new ArrayList<OpenPGPCertificate>();
    var revoked = Optional.<byte[]>empty();
    for (var name : secret.keys()) {
      var bytes = secret.bytes(name);
      var text = new String(bytes, StandardCharsets.UTF_8);
      if (name.equals(REVOKED_KEYS)) {
        revoked = Optional.of(bytes);
      } else if (name.equals(ALLOWED_SIGNERS)) {
        lines.addAll(text.lines().toList());
      } else if (text.lines().map(String::strip).anyMatch(SSH_KEY.asMatchPredicate())) {
        lines.addAll(publicKeys(name, text));
      } else {
        certificates.addAll(certificates(name, bytes, text));
      }
    }
    if (lines.isEmpty() && certificates.isEmpty()) {
      throw new IllegalArgumentException(
          "it has no SSH or OpenPGP public key, and no key allowed_signers");
    }
    var allowed = lines.stream().map(line -> line + "\n").collect(Collectors.joining());
    return new SigningKeys("Secret " + secret.name(), allowed, revoked, certificates);
  }

  /** Converts public keys to lines of an {@code allowed_signers} file. */
  private static List<String> publicKeys(String name, String text) {
    return text.lines()
        .map(String::strip)
        .filter(SSH_KEY.asMatchPredicate())
        .map(line -> owner(name, line) + " namespaces=\"git\" " + line)
        .toList();
  }

  /** The comment of a key, which is usually an address, or else the key of the Secret. */
  private static String owner(String name, String line) {
    var parts = line.split("\\s+", 3);
    var comment = parts.length > 2 ? parts[2].strip() : "";
    return comment.matches("[^\\s,\"*?!]+") ? comment : name.replaceFirst("\\.pub$", "");
  }

  private static List<OpenPGPCertificate> certificates(String name, byte[] bytes, String text)
      throws IOException {
    if (text.contains("PRIVATE KEY")) {
      throw new IllegalArgumentException(
          "the key " + name + " is a private key; only the public key is required");
    }
    var reader = new BcOpenPGPApi().readKeyOrCertificate();
    try {
      var certificates = reader.parseCertificates(new ByteArrayInputStream(bytes));
      if (!certificates.isEmpty()) {
        return certificates;
      }
    } catch (IOException | RuntimeException e) {
      throw new IllegalArgumentException(notAKey(name, text), e);
    }
    throw new IllegalArgumentException(notAKey(name, text));
  }

  private static String notAKey(String name, String text) {
    return "the key "
        + name
        + (text.contains(PGP_ARMOR)
            ? " is a malformed OpenPGP public key"
            : " is neither an SSH nor an OpenPGP public key");
  }
}
