package dev.stagewright.registry.tls;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads X.509 certificates from PEM. */
public final class Certificates {
  private static final Set<String> LABELS =
      Set.of("CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE");

  private Certificates() {}

  /**
   * The certificates of a PEM file, which may hold several; keys beside them are skipped.
   *
   * @param name of the file, for errors
   * @throws MalformedPemException if there is none, or one is malformed
   */
  public static List<X509Certificate> parse(String name, String pem) throws MalformedPemException {
    var certificates = new ArrayList<X509Certificate>();
    for (var block : PemBlock.parse(name, pem)) {
      if (LABELS.contains(block.label())) {
        certificates.add(certificate(name, certificates.size() + 1, block));
      }
    }
    if (certificates.isEmpty()) {
      throw new MalformedPemException(
          name, "holds no certificate; PEM with -----BEGIN CERTIFICATE----- is expected");
    }
    return List.copyOf(certificates);
  }

  private static X509Certificate certificate(String name, int number, PemBlock block)
      throws MalformedPemException {
    try {
      var factory = CertificateFactory.getInstance("X.509");
      return (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(block.der()));
    } catch (CertificateException _) {
      throw new MalformedPemException(name, "certificate " + number + " is malformed");
    }
  }
}
