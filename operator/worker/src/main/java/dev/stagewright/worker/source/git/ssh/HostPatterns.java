package dev.stagewright.worker.source.git.ssh;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.jgit.transport.SshConstants;

/** The hosts of a line of {@code known_hosts}, matched as OpenSSH does. */
sealed interface HostPatterns {

  /** Whether a server matches. */
  boolean matches(String server);

  /**
   * Returns the name of a server in {@code known_hosts}: the port is part of it unless it is 22.
   */
  static String server(String host, int port) {
    var name = host.toLowerCase(Locale.ROOT);
    return port == SshConstants.SSH_DEFAULT_PORT ? name : "[" + name + "]:" + port;
  }

  /**
   * Parses the hosts of a line.
   *
   * @throws IllegalArgumentException if a hash is malformed
   */
  static HostPatterns parse(String text) {
    return text.startsWith(Hash.PREFIX)
        ? Hash.parse(text)
        : new Names(List.of(text.toLowerCase(Locale.ROOT).split(",")));
  }

  /** Names with the wildcards {@code *} and {@code ?}; one that begins with {@code !} excludes. */
  record Names(List<String> names) implements HostPatterns {
    private static final String NOT = "!";

    @Override
    public boolean matches(String server) {
      return names.stream().anyMatch(name -> !name.startsWith(NOT) && matches(name, server))
          && names.stream()
              .noneMatch(name -> name.startsWith(NOT) && matches(name.substring(1), server));
    }

    private static boolean matches(String name, String server) {
      var pattern = new StringBuilder();
      for (var i = 0; i < name.length(); i++) {
        var c = name.charAt(i);
        switch (c) {
          case '*' -> pattern.append(".*");
          case '?' -> pattern.append('.');
          default -> pattern.append(Pattern.quote(String.valueOf(c)));
        }
      }
      return server.matches(pattern.toString());
    }
  }

  /**
   * A hashed name: {@code |1|salt|hash}.
   *
   * @param salt base64
   * @param hash base64 of the HMAC of the name
   */
  record Hash(String salt, String hash) implements HostPatterns {
    static final String PREFIX = "|1|";
    private static final String ALGORITHM = "HmacSHA1";

    static Hash parse(String text) {
      var parts = text.substring(PREFIX.length()).split("\\|", -1);
      if (parts.length != 2) {
        throw new IllegalArgumentException("the hash of the host is malformed");
      }
      var decoder = Base64.getDecoder();
      var _ = decoder.decode(parts[0]);
      var _ = decoder.decode(parts[1]);
      return new Hash(parts[0], parts[1]);
    }

    @Override
    public boolean matches(String server) {
      try {
        var mac = Mac.getInstance(ALGORITHM);
        mac.init(new SecretKeySpec(Base64.getDecoder().decode(salt), ALGORITHM));
        var expected = mac.doFinal(server.getBytes(StandardCharsets.UTF_8));
        return MessageDigest.isEqual(expected, Base64.getDecoder().decode(hash));
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(ALGORITHM + " is missing", e);
      }
    }
  }
}
