package dev.stagewright.worker.source.git.ssh;

import java.security.KeyPair;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.OpenSshCertificate;

/**
 * Private keys with the servers that they may be used for. The text form contains no private key.
 *
 * @param source where they come from, for messages, for example {@code Secret git-ssh}
 * @param keys the keys to offer to a server, in this order; the public key of a pair may be a
 *     certificate
 * @param knownHosts the keys of the servers; empty if the source has none
 */
public record SshIdentity(String source, List<KeyPair> keys, Optional<KnownHosts> knownHosts) {
  /** The keys of private keys in a Secret: of the type kubernetes.io/ssh-auth, and of Flux. */
  private static final Set<String> PRIVATE_KEYS = Set.of("ssh-privatekey", "identity");

  private static final String ARMOR = "PRIVATE KEY-----";
  private static final String CERTIFICATE_SUFFIX = "-cert.pub";
  private static final String KNOWN_HOSTS = "known_hosts";

  public SshIdentity {
    keys = List.copyOf(keys);
  }

  /**
   * Parses the values of a Secret: {@code ssh-privatekey} and all other private keys, the
   * certificate of each with the suffix {@code -cert.pub}, and {@code known_hosts}.
   *
   * @param source where the values come from
   * @throws IllegalArgumentException if there is no private key, or a value is malformed; the
   *     message names the key of the Secret
   */
  public static SshIdentity parse(String source, Map<String, String> values) {
    var keys = new ArrayList<KeyPair>();
    for (var name : values.keySet().stream().sorted().toList()) {
      if (isPrivateKey(name, values.getOrDefault(name, ""))) {
        var key = parsed(name, values, PrivateKeyFile::parse).orElseThrow();
        parsed(name + CERTIFICATE_SUFFIX, values, text -> PrivateKeyFile.certificate(text, key))
            .ifPresent(certificate -> keys.add(new KeyPair(certificate, key.getPrivate())));
        keys.add(key);
      }
    }
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("no value is a private key");
    }
    return new SshIdentity(source, keys, parsed(KNOWN_HOSTS, values, KnownHosts::parse));
  }

  private static boolean isPrivateKey(String name, String text) {
    return PRIVATE_KEYS.contains(name) || text.contains(ARMOR);
  }

  /** Whether a value of a Secret is a private key, or should be one. */
  public static boolean isIn(Map<String, String> values) {
    return values.entrySet().stream()
        .anyMatch(value -> isPrivateKey(value.getKey(), value.getValue()));
  }

  private interface Parser<T> {
    T parse(String text);
  }

  private static <T> Optional<T> parsed(String name, Map<String, String> values, Parser<T> parser) {
    try {
      return Optional.ofNullable(values.get(name)).map(parser::parse);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("the key " + name + " " + e.getMessage(), e);
    }
  }

  /** Describes the keys for a message about a server that rejects them. */
  public String description(InstantSource clock) {
    var now = clock.instant();
    return "the SSH key of "
        + source
        + " ("
        + keys.stream().map(SshIdentity::fingerprint).distinct().collect(Collectors.joining(", "))
        + ")"
        + (keys.stream().allMatch(key -> isValid(key, now))
            ? ""
            : ", whose certificate has expired or is not valid yet");
  }

  private static boolean isValid(KeyPair key, Instant time) {
    return !(key.getPublic() instanceof OpenSshCertificate certificate)
        || OpenSshCertificate.isValidAt(certificate, time);
  }

  private static String fingerprint(KeyPair key) {
    var plain =
        key.getPublic() instanceof OpenSshCertificate certificate
            ? certificate.getCertPubKey()
            : key.getPublic();
    return KeyUtils.getKeyType(plain) + " " + KeyUtils.getFingerPrint(plain);
  }

  @Override
  public String toString() {
    return "SshIdentity[" + source + "]";
  }
}
