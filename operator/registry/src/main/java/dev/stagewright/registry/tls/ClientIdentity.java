package dev.stagewright.registry.tls;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * A client certificate for a registry that requires one. Its text form contains only the subject.
 *
 * @param chain the certificate and its intermediate certificates
 * @param key the private key of the certificate
 */
public record ClientIdentity(List<X509Certificate> chain, PrivateKey key) {
  public ClientIdentity {
    chain = List.copyOf(chain);
  }

  /**
   * Parses certificate and key.
   *
   * @param name the name of their directory, for error messages
   * @param certificates PEM, the {@code tls.crt} of a Secret
   * @param key PEM, the {@code tls.key} of a Secret
   * @throws MalformedPemException if certificate or key is malformed, or the key has another
   *     algorithm than the certificate
   */
  public static ClientIdentity parse(String name, String certificates, String key)
      throws MalformedPemException {
    var chain = Certificates.parse(name + "/tls.crt", certificates);
    var privateKey = PrivateKeys.parse(name + "/tls.key", key);
    if (!chain.getFirst().getPublicKey().getAlgorithm().equals(privateKey.getAlgorithm())) {
      throw new MalformedPemException(name, "tls.key is not the key of tls.crt");
    }
    return new ClientIdentity(chain, privateKey);
  }

  @Override
  public String toString() {
    return "ClientIdentity[" + chain.getFirst().getSubjectX500Principal().getName() + "]";
  }
}
