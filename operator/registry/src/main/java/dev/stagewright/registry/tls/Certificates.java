package dev.stagewright.registry.tls;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Parses X.509 certificates in PEM. */
public final class Certificates {
  private static final Set<String> LABELS =
      Set.of("CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE");

  private Certificates() {}

  /**
   * Parses the certificates of a PEM file; private keys are skipped.
   *
   * @param name the name of the file, for error messages
   * @throws MalformedPemException if the file has no certificate, or a malformed one
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
          name, "contains no certificate; PEM with -----BEGIN CERTIFICATE----- is expected");
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
