package dev.stagewright.controller.config;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;

/** Validates PEM certificates when the operator starts, before an image is pushed. */
final class PemCertificates {
  private PemCertificates() {}

  /**
   * Checks that the text contains certificates and nothing else.
   *
   * @param name of the property, for error messages
   * @throws IllegalArgumentException if it does not
   */
  static void check(String name, String pem) {
    try {
      var certificates =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)));
      if (!certificates.isEmpty()) {
        return;
      }
    } catch (CertificateException e) {
      throw new IllegalArgumentException(name + " is not a list of certificates in PEM", e);
    }
    throw new IllegalArgumentException(name + " contains no certificate");
  }
}
