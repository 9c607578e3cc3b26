package dev.stagewright.registry.tls;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * A certificate to show to a registry that asks for one. Its text form names the subject only.
 *
 * @param chain the certificate, then those that lead to its authority
 * @param key of the first certificate
 */
public record ClientIdentity(List<X509Certificate> chain, PrivateKey key) {
  public ClientIdentity {
    chain = List.copyOf(chain);
  }

  /**
   * Reads certificate and key.
   *
   * @param name of their folder, for errors
   * @param certificates PEM, as {@code tls.crt} of a Secret
   * @param key PEM, as {@code tls.key} of a Secret
   * @throws MalformedPemException if one of them is malformed, or they do not belong together
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
