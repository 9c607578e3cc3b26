package dev.stagewright.controller.config;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;

/** Certificates as text, looked at when the operator starts rather than when an image is pushed. */
final class PemCertificates {
  private PemCertificates() {}

  /**
   * Checks that there is at least one, and nothing that is none.
   *
   * @param what they are, for the message
   * @throws IllegalArgumentException if that is not so
   */
  static void check(String what, String pem) {
    try {
      var certificates =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)));
      if (!certificates.isEmpty()) {
        return;
      }
    } catch (CertificateException e) {
      throw new IllegalArgumentException(what + " is no PEM with certificates", e);
    }
    throw new IllegalArgumentException(what + " holds no certificate");
  }
}
