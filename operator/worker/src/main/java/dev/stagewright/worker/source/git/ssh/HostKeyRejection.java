package dev.stagewright.worker.source.git.ssh;

import java.security.PublicKey;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.OpenSshCertificate;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.eclipse.jgit.transport.SshConstants;

/**
 * A server whose key is not trusted.
 *
 * @param key the key or certificate that the server has
 * @param trust why it is not trusted
 */
record HostKeyRejection(String host, int port, PublicKey key, HostKeyTrust trust) {

  /**
   * Explains the problem and what to do.
   *
   * @param source where the known hosts come from, for example {@code the Secret git-ssh}
   * @param isEmpty whether the source has no known hosts at all
   */
  String message(String source, boolean isEmpty) {
    return switch (trust) {
      case TRUSTED -> throw new IllegalStateException("the key is trusted");
      case UNKNOWN ->
          (isEmpty
                  ? source + " has no key known_hosts"
                  : server() + " is not in known_hosts of " + source)
              + ", so nothing proves that the server is the right one. "
              + remedy();
      case CHANGED ->
          "the host key of "
              + server()
              + " differs from the one in known_hosts of "
              + source
              + ": either the server has a new key, or somebody intercepts the connection. "
              + remedy();
      case REVOKED ->
          "the host key of "
              + server()
              + ", "
              + fingerprint(plainKey())
              + ", is marked @revoked in known_hosts of "
              + source;
      case UNKNOWN_AUTHORITY ->
          "the host certificate of "
              + server()
              + " is signed by "
              + fingerprint(authority())
              + ", which no line @cert-authority in known_hosts of "
              + source
              + " contains. If the operators of the server publish this authority, add the line: @cert-authority "
              + pattern()
              + " "
              + PublicKeyEntry.toString(authority());
    };
  }

  private String remedy() {
    return "The server has the key "
        + fingerprint(plainKey())
        + ". If its operators publish the same fingerprint, add this line to known_hosts: "
        + pattern()
        + " "
        + PublicKeyEntry.toString(plainKey())
        + " (`ssh-keyscan "
        + (isDefaultPort() ? "" : "-p " + port + " ")
        + host
        + "` prints the lines of all its keys)";
  }

  private String server() {
    return isDefaultPort() ? host : host + ":" + port;
  }

  private String pattern() {
    return HostPatterns.server(host, port);
  }

  private boolean isDefaultPort() {
    return port == SshConstants.SSH_DEFAULT_PORT;
  }

  private PublicKey plainKey() {
    return key instanceof OpenSshCertificate certificate ? certificate.getCertPubKey() : key;
  }

  private PublicKey authority() {
    return key instanceof OpenSshCertificate certificate ? certificate.getCaPubKey() : key;
  }

  private static String fingerprint(PublicKey key) {
    return KeyUtils.getKeyType(key) + " " + KeyUtils.getFingerPrint(key);
  }
}
