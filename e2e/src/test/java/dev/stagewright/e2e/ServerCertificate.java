package dev.stagewright.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A self-signed certificate of a server on this machine.
 *
 * @param folder folder with {@code tls.crt}, {@code tls.key}, and {@code store.p12}
 */
record ServerCertificate(Path folder) {
  private static final Duration QUICK = Duration.ofMinutes(1);
  private static final String PASSWORD = "changeit";

  /** Creates a certificate. */
  static ServerCertificate create(Path folder, String address) {
    var certificate = new ServerCertificate(folder);
    var shell = new Shell(Map.of());
    shell.output(
        QUICK,
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-nodes",
        "-days",
        "2",
        "-subj",
        "/CN=e2e",
        "-addext",
        "subjectAltName=IP:" + address,
        "-keyout",
        certificate.key().toString(),
        "-out",
        certificate.file().toString());
    shell.output(
        QUICK,
        "openssl",
        "pkcs12",
        "-export",
        "-passout",
        "pass:" + PASSWORD,
        "-inkey",
        certificate.key().toString(),
        "-in",
        certificate.file().toString(),
        "-out",
        certificate.store().toString());
    return certificate;
  }

  Path file() {
    return folder.resolve("tls.crt");
  }

  Path key() {
    return folder.resolve("tls.key");
  }

  private Path store() {
    return folder.resolve("store.p12");
  }

  /** A ConfigMap with the certificate in {@code ca.crt}. */
  String configMap(String name) {
    return """
    apiVersion: v1
    kind: ConfigMap
    metadata: {name: %s}
    data:
      ca.crt: |
    %s
    """
        .formatted(name, pem().indent(4));
  }

  /** The certificate in PEM. */
  String pem() {
    try {
      return Files.readString(file());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The TLS context of a server in this process. */
  SSLContext context() {
    try {
      var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(keyStore(), PASSWORD.toCharArray());
      var context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The certificate and its key on the curve P-256. */
  KeyStore.PrivateKeyEntry entry() {
    try {
      var keys = keyStore();
      var password = new KeyStore.PasswordProtection(PASSWORD.toCharArray());
      return (KeyStore.PrivateKeyEntry) keys.getEntry(keys.aliases().nextElement(), password);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private KeyStore keyStore() throws GeneralSecurityException {
    try {
      return KeyStore.getInstance(store().toFile(), PASSWORD.toCharArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
