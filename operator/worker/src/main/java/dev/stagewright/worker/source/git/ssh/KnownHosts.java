package dev.stagewright.worker.source.git.ssh;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.OpenSshCertificate;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;

/**
 * The lines of a {@code known_hosts} file: the keys of servers, certificate authorities, and
 * revoked keys.
 */
public final class KnownHosts {
  /** A file without lines, which trusts no server. */
  public static final KnownHosts NONE = new KnownHosts(List.of());

  private static final Optional<OpenSshCertificate> NO_CERTIFICATE = Optional.empty();

  private final List<Line> lines;

  private KnownHosts(List<Line> lines) {
    this.lines = lines;
  }

  private enum Kind {
    KEY,
    AUTHORITY,
    REVOKED
  }

  private record Line(Kind kind, HostPatterns hosts, PublicKey key) {}

  /**
   * Parses a file. Lines with types of keys that are not supported cannot match and are skipped.
   *
   * @throws IllegalArgumentException if a line is malformed; the message contains its number
   */
  public static KnownHosts parse(String text) {
    var lines = new ArrayList<Line>();
    var number = 0;
    for (var line : text.lines().map(String::strip).toList()) {
      number++;
      if (!line.isEmpty() && !line.startsWith("#")) {
        try {
          line(line).ifPresent(lines::add);
        } catch (IllegalArgumentException e) {
          throw new IllegalArgumentException(
              "line " + number + " is malformed: " + e.getMessage(), e);
        }
      }
    }
    return new KnownHosts(List.copyOf(lines));
  }

  private static Optional<Line> line(String text) {
    var fields = new ArrayList<>(List.of(text.split("\\s+")));
    var kind =
        switch (fields.getFirst()) {
          case "@cert-authority" -> Kind.AUTHORITY;
          case "@revoked" -> Kind.REVOKED;
          case String first when first.startsWith("@") ->
              throw new IllegalArgumentException("the marker " + first + " is unknown");
          default -> Kind.KEY;
        };
    if (kind != Kind.KEY) {
      fields.removeFirst();
    }
    if (fields.size() < 3) {
      throw new IllegalArgumentException("it does not consist of host, type and key");
    }
    var hosts = HostPatterns.parse(fields.get(0));
    var key = key(fields.get(1), fields.get(2));
    if (key.isEmpty() && kind == Kind.REVOKED) {
      throw new IllegalArgumentException("the type of the revoked key is not supported");
    }
    return key.map(parsed -> new Line(kind, hosts, parsed));
  }

  /** Returns empty for a type that is not supported. */
  private static Optional<PublicKey> key(String type, String base64) {
    try {
      var entry = PublicKeyEntry.parsePublicKeyEntry(type + " " + base64);
      return Optional.ofNullable(
          entry.resolvePublicKey(null, null, PublicKeyEntryResolver.IGNORING));
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      throw new IllegalArgumentException("the key is not a key of type " + type, e);
    }
  }

  /** Returns the keys of a server, so that the server can be asked for one of their types. */
  List<PublicKey> keys(String host, int port) {
    return of(Kind.KEY, HostPatterns.server(host, port)).map(Line::key).toList();
  }

  /** Decides whether a server may have a key or certificate. */
  HostKeyTrust check(String host, int port, PublicKey key) {
    var server = HostPatterns.server(host, port);
    var certificate =
        key instanceof OpenSshCertificate signed ? Optional.of(signed) : NO_CERTIFICATE;
    var used = certificate.map(OpenSshCertificate::getCertPubKey).orElse(key);
    var authority = certificate.map(OpenSshCertificate::getCaPubKey);
    if (isListed(Kind.REVOKED, server, used)
        || authority.filter(ca -> isListed(Kind.REVOKED, server, ca)).isPresent()) {
      return HostKeyTrust.REVOKED;
    }
    if (authority.isPresent()) {
      return isListed(Kind.AUTHORITY, server, authority.get())
          ? HostKeyTrust.TRUSTED
          : HostKeyTrust.UNKNOWN_AUTHORITY;
    }
    if (isListed(Kind.KEY, server, used)) {
      return HostKeyTrust.TRUSTED;
    }
    return of(Kind.KEY, server).findAny().isPresent() ? HostKeyTrust.CHANGED : HostKeyTrust.UNKNOWN;
  }

  private boolean isListed(Kind kind, String server, PublicKey key) {
    return of(kind, server).anyMatch(line -> KeyUtils.compareKeys(line.key(), key));
  }

  private Stream<Line> of(Kind kind, String server) {
    return lines.stream().filter(line -> line.kind() == kind && line.hosts().matches(server));
  }
}
