package dev.stagewright.analysis.missing;

import dev.stagewright.analysis.finding.Confidence;
import dev.stagewright.analysis.finding.Finding;
import dev.stagewright.analysis.finding.Severity;
import dev.stagewright.analysis.program.LanguageRuntime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A program that verifies servers needs the certificates of authorities. */
final class Certificates {
  /** Where the libraries of TLS look. */
  private static final List<String> BUNDLES =
      List.of(
          "/etc/ssl/certs/ca-certificates.crt",
          "/etc/ssl/cert.pem",
          "/etc/ssl/ca-bundle.pem",
          "/etc/pki/tls/certs/ca-bundle.crt",
          "/etc/pki/tls/cacert.pem",
          "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
          "/usr/lib/ssl/cert.pem",
          "/usr/local/ssl/cert.pem");

  private static final List<String> DIRECTORIES =
      List.of("/etc/ssl/certs", "/etc/pki/tls/certs", "/usr/lib/ssl/certs", "/usr/local/ssl/certs");

  private static final String FIX =
      "RUN apk add --no-cache ca-certificates, or RUN apt-get install -y ca-certificates; on"
          + " scratch: COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/";

  private final ProgramFacts program;

  Certificates(ProgramFacts program) {
    this.program = program;
  }

  Optional<Finding> finding() {
    if (!program.own() || hasCertificates()) {
      return Optional.empty();
    }
    if (program.isMadeBy("go")) {
      return go();
    }
    if (program.isMadeBy("rust") && program.mentions("rustls")) {
      return program.mentions("webpki_roots", "webpki-roots")
          ? Optional.empty()
          : Optional.of(hint("invalid peer certificate: UnknownIssuer"));
    }
    if (program.isWrittenIn(LanguageRuntime.PYTHON)) {
      return hasFile("/certifi/cacert.pem")
          ? Optional.empty()
          : Optional.of(hint("ssl.SSLCertVerificationError: certificate verify failed"));
    }
    return openssl();
  }

  private Optional<Finding> go() {
    var usesTls = program.mentions("crypto/tls.(*Conn)", "crypto/x509.loadSystemRoots");
    return usesTls && !program.mentions("golang.org/x/crypto/x509roots")
        ? Optional.of(
            hint(
                "tls: failed to verify certificate: x509: certificate signed by unknown authority"))
        : Optional.empty();
  }

  /** These functions are only for programs that verify servers. */
  private Optional<Finding> openssl() {
    return program.mentions("SSL_CTX_set_default_verify_paths", "curl_easy_init")
        ? Optional.of(
            finding(
                Severity.WARNING,
                Confidence.LIKELY,
                "SSL certificate problem: unable to get local issuer certificate"))
        : Optional.empty();
  }

  private Finding hint(String symptom) {
    return finding(Severity.HINT, Confidence.POSSIBLE, symptom);
  }

  private Finding finding(Severity severity, Confidence confidence, String symptom) {
    return MissingRule.MISSING_CERTIFICATES.finding(
        severity,
        confidence,
        program.place(),
        "%s can connect to servers by TLS, but the image has no certificates of authorities."
            .formatted(program.name()),
        "If it does: " + symptom,
        FIX);
  }

  private boolean hasCertificates() {
    var configured =
        Stream.of("SSL_CERT_FILE", "SSL_CERT_DIR", "CURL_CA_BUNDLE", "REQUESTS_CA_BUNDLE")
            .flatMap(name -> program.variable(name).stream());
    return configured.findAny().isPresent()
        || BUNDLES.stream().anyMatch(program::exists)
        || DIRECTORIES.stream().anyMatch(program::hasFilesBelow);
  }

  private boolean hasFile(String end) {
    return program.image().files().all().stream().anyMatch(file -> file.path().endsWith(end));
  }
}
